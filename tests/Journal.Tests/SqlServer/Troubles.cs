using Ainalym.Journal.SqlServer;

namespace Ainalym.Journal.Tests.SqlServer;

/// <summary>What goes wrong with the server is told in plain words; what is wrong with one item stays that item's.</summary>
public sealed class Troubles
{
    [Theory]
    [InlineData(-2, 11, "in time")]
    [InlineData(1205, 13, "taken back")]
    [InlineData(10054, 20, "connection")]
    [InlineData(1105, 17, "files are full")]
    [InlineData(9002, 17, "log is full")]
    [InlineData(4060, 11, "not there")]
    [InlineData(945, 14, "cannot be opened")]
    [InlineData(927, 14, "moved or restarted")]
    [InlineData(942, 14, "offline")]
    [InlineData(3952, 16, "snapshots were turned off")]
    [InlineData(31999, 20, "refused")]
    public void The_storages_errors_have_a_reason(int number, byte severity, string reason)
    {
        SqlServerErrors.IsStorage(number, severity).Should().BeTrue();
        SqlServerErrors.Reason(number).Should().Contain(reason);
    }

    [Theory]
    [InlineData(SqlServerErrors.DuplicateKey, 14)]
    [InlineData(515, 16)]
    [InlineData(8114, 16)]
    public void An_items_errors_are_not_the_storages(int number, byte severity) => SqlServerErrors.IsStorage(number, severity).Should().BeFalse();

    [Fact]
    public void A_connection_string_that_cannot_be_read_is_told_as_such() =>
        FluentActions.Invoking(() => new SqlServerStore("Sever=x")).Should().Throw<StorageException>().WithMessage("*connection string cannot be read*");

    [Fact]
    public async Task A_server_that_is_not_there_is_told_as_such()
    {
        using var store = new SqlServerStore("Server=tcp:127.0.0.1,1;Connect Timeout=1;ConnectRetryCount=0;Encrypt=Optional;User Id=x;Password=x");
        FluentActions.Invoking(() => store.Begin(reading: false)).Should().Throw<StorageException>().WithMessage("The journal cannot be written: *");
        FluentActions.Invoking(() => store.ReadHead()).Should().Throw<StorageException>().WithMessage("The journal cannot be read: *");
        await FluentActions.Awaiting(() => store.Query<long>("SELECT 1", null, CancellationToken.None)).Should().ThrowAsync<StorageException>();
    }
}
