using System.Text.Json;
using Ainalym.Journal;
using Ainalym.Kernel;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Ainalym.Cluster;

/// <summary>
/// The grains of all processes. Orleans finds the process where a grain lives; when that one does not answer, the command is handled by this one: the head row decides, not where a grain
/// lives, and a command that was written after all is answered from its receipt.
/// </summary>
internal sealed partial class OrleansGrains(IGrains here, Func<IGrainFactory> everywhere, ILogger log) : IGrains
{
    public async Task<Receipt<TEvent>> Handle<TState, TCommand, TEvent, TRefusal>(
        GrainKind<TState, TCommand, TEvent, TRefusal> kind, string id, TCommand command, Caller caller, CancellationToken ct = default)
        where TState : class, IState<TState, TEvent>
        where TCommand : class, ICommand
        where TEvent : class
        where TRefusal : struct, Enum
    {
        Answer answer;
        try
        {
            var order = Order.Of(JsonSerializer.SerializeToUtf8Bytes(command, kind.Commands), caller);
            answer = await everywhere().GetGrain<IHouseGrain>($"{kind.Name}/{id}").Handle(order).WaitAsync(ct);
        }
        // Whatever the way fails with while processes come and go (its own exceptions, a cancelled connection, a disposed directory), it is the way that failed: here the command is handled or fails for itself.
        catch (Exception lost) when (lost is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            Lost(log, lost, kind.Name, id);
            return await here.Handle(kind, id, command, caller, ct);
        }

        if (answer.StorageFailure is { } why) throw new StorageException(why);
        return answer.Receipt.For<TEvent>(command.CommandId, kind);
    }

    [LoggerMessage(1, LogLevel.Debug, "{Kind}/{Id} was not reached; its command is handled here.")]
    private static partial void Lost(ILogger log, Exception exception, string kind, string id);
}
