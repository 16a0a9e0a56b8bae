using Ainalym.Journal.Grains;
using Ainalym.Kernel;
using Orleans;

namespace Ainalym.Cluster;

/// <summary>The grain of every kind, as other processes see it. Its key is the stream's name: <c>market/lot/0192…</c>.</summary>
[Alias("ainalym.grain")]
internal interface IHouseGrain : IGrainWithStringKey
{
    /// <summary>Answers after the commit.</summary>
    [Alias("handle")]
    Task<Answer> Handle(Order order);
}

/// <summary>A command on its way: as its kind writes it, with the facts that the server added, and who sends it.</summary>
[GenerateSerializer, Immutable, Alias("ainalym.order")]
internal readonly record struct Order(
    [property: Id(0)] byte[] Command, [property: Id(1)] Guid User, [property: Id(2)] Guid Organisation, [property: Id(3)] int Roles)
{
    public static Order Of(byte[] command, Caller caller) => new(command, caller.User, caller.Organisation, (int)caller.Roles);

    public Caller Caller => new(User, Organisation, (Roles)Roles);
}

/// <summary>The receipt on its way back, or that the storage failed and why.</summary>
[GenerateSerializer, Immutable, Alias("ainalym.answer")]
internal sealed record Answer(
    [property: Id(0)] long Version,
    [property: Id(1)] long Position,
    [property: Id(2)] long AtMs,
    [property: Id(3)] bool Repeated,
    [property: Id(4)] string[] EventNames,
    [property: Id(5)] byte[][] EventData,
    [property: Id(6)] string? Refusals,
    [property: Id(7)] string? StorageFailure)
{
    public static Answer Of(CarriedReceipt receipt) => new(
        receipt.Version,
        receipt.Position,
        receipt.AtMs,
        receipt.Repeated,
        [.. receipt.Events.Select(e => e.Name)],
        [.. receipt.Events.Select(e => e.Data)],
        receipt.Refusals,
        StorageFailure: null);

    public static Answer Failed(string why) => new(0, 0, 0, Repeated: false, [], [], Refusals: null, why);

    public CarriedReceipt Receipt => new(Version, Position, AtMs, Repeated, [.. EventNames.Zip(EventData, (name, data) => new CarriedEvent(name, data))], Refusals);
}
