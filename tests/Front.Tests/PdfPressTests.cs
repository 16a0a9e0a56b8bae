using System.Diagnostics;
using System.Globalization;
using Ainalym.Front.Papers;
using Ainalym.Journal;

namespace Ainalym.Front.Tests;

/// <summary>The press gives a PDF or says why not, and whatever goes wrong, the next one has its turn.</summary>
public sealed class PdfPressTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-press-test-").FullName;
    private readonly string? temp = Environment.GetEnvironmentVariable("TMPDIR");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("TMPDIR", temp);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Without_a_folder_to_work_in_each_is_told_and_nobody_waits_for_ever()
    {
        var press = new ChromiumPress(await Script("exit 0"));
        Environment.SetEnvironmentVariable("TMPDIR", Path.Combine(folder, "nowhere"));
        foreach (var _ in (int[])[1, 2]) (await Failed(press)).Should().BeOfType<StorageException>().Which.Message.Should().StartWith("The PDF was not made");
        Environment.SetEnvironmentVariable("TMPDIR", temp);
        (await Failed(press)).Message.Should().Contain("ended with 0");
    }

    [Fact]
    public async Task What_cannot_be_started_is_told_each_time()
    {
        var press = new ChromiumPress(Path.Combine(folder, "no-chromium"));
        foreach (var _ in (int[])[1, 2]) (await Failed(press)).Should().BeOfType<StorageException>().Which.Message.Should().Contain("no-chromium");
    }

    [Fact]
    public async Task One_that_hangs_is_ended_and_the_next_has_its_turn()
    {
        var press = new ChromiumPress(await Script($"echo $$ > {folder}/pid; exec sleep 600"), TimeSpan.FromMilliseconds(500));
        foreach (var _ in (int[])[1, 2])
        {
            (await Failed(press)).Should().BeOfType<StorageException>().Which.Message.Should().Contain("not made within");
            IsAlive().Should().BeFalse();
        }
    }

    [Fact]
    public async Task Who_no_longer_wants_it_ends_it()
    {
        var press = new ChromiumPress(await Script($"echo $$ > {folder}/pid; exec sleep 600"));
        using var cancelling = new CancellationTokenSource();
        var first = press.Print("x", cancelling.Token);
        while (!File.Exists(Path.Combine(folder, "pid")) || new FileInfo(Path.Combine(folder, "pid")).Length == 0) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        var second = press.Print("y", cancelling.Token);
        await cancelling.CancelAsync();
        foreach (var printed in (Task[])[first, second]) (await Record.ExceptionAsync(() => printed.WaitAsync(Soon))).Should().BeAssignableTo<OperationCanceledException>();
        IsAlive().Should().BeFalse();
    }

    private bool IsAlive()
    {
        var pid = File.ReadAllText(Path.Combine(folder, "pid")).Trim();
        return Process.GetProcesses().Any(process => process.Id.ToString(CultureInfo.InvariantCulture) == pid);
    }

    private static async Task<Exception> Failed(ChromiumPress press) => (await Record.ExceptionAsync(() => press.Print("<p>x</p>", CancellationToken.None).WaitAsync(Soon)))!;

    private async Task<string> Script(string does)
    {
        var path = Path.Combine(folder, "chromium");
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{does}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
