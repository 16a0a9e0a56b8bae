namespace Ainalym.Front.Verbs;

/// <summary>Writes as it is told, in order; <see cref="Progress{T}"/> would write from other threads.</summary>
internal sealed class Remarks(TextWriter to) : IProgress<string>
{
    public void Report(string value) => to.WriteLine(value);
}

/// <summary>Ctrl-C ends a long job at its next step instead of killing it: nothing half done is kept.</summary>
internal sealed class CancelKey : IDisposable
{
    private readonly CancellationTokenSource source = new();

    public CancelKey() => Console.CancelKeyPress += Cancel;

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= Cancel;
        source.Dispose();
    }

    private void Cancel(object? sender, ConsoleCancelEventArgs pressed)
    {
        pressed.Cancel = true;
        source.Cancel();
    }
}
