using Ainalym.Journal.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Ainalym.Journal.Tests;

/// <summary>A database that cannot be used is left alone, and a person is told what to do.</summary>
public sealed class Opening : IDisposable
{
    private readonly Given given = new();

    public void Dispose() => given.Dispose();

    [Fact]
    public void A_file_that_is_no_database_is_left_as_it_is()
    {
        var bytes = Enumerable.Range(0, 8192).Select(n => (byte)(n * 7 % 251)).ToArray();
        File.WriteAllBytes(given.File, bytes);
        FluentActions.Invoking(() => given.House()).Should().Throw<StorageException>().WithMessage("*not a SQLite database*");
        File.ReadAllBytes(given.File).Should().Equal(bytes);
    }

    [Fact]
    public void A_database_of_another_program_is_left_as_it_is()
    {
        Sql("CREATE TABLE songs (name TEXT)");
        FluentActions.Invoking(() => given.House()).Should().Throw<StorageException>().WithMessage("*some other program*--data DIR*");
        Sql("SELECT name FROM songs");
    }

    [Fact]
    public async Task A_newer_schema_is_left_as_it_is()
    {
        await given.House().DisposeAsync();
        Sql("INSERT INTO migrations (module, number, name, checksum, at_ms) VALUES ('test', 2, 'V002__later', 'x', 0)");
        FluentActions.Invoking(() => given.House()).Should().Throw<StorageException>().WithMessage("*test/V002__later*newer*");
    }

    [Fact]
    public async Task An_edited_migration_is_refused()
    {
        await given.House().DisposeAsync();
        Sql("UPDATE migrations SET checksum = 'deadbeefdeadbeef' WHERE module = 'test'");
        FluentActions.Invoking(() => given.House()).Should().Throw<StorageException>().WithMessage("*never edited*");
    }

    [Fact]
    public async Task A_damaged_file_is_told_as_such()
    {
        await using (var house = given.House())
            for (var n = 0; n < 300; n++) await house.Add($"t{n}", 1, n);
        using (var file = File.OpenWrite(given.File))
        {
            file.Seek(4096, SeekOrigin.Begin);
            file.Write(new byte[file.Length - 4096]);
        }

        FluentActions.Invoking(() => given.House()).Should().Throw<StorageException>().WithMessage("*damaged*");
    }

    [Fact]
    public void A_data_folder_that_is_a_file_is_told_as_such()
    {
        File.WriteAllText(Path.Combine(given.Folder, "x"), "");
        var open = () => House.Open([], new HouseOptions(Path.Combine(given.Folder, "x")), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        open.Should().Throw<StorageException>().WithMessage("*Choose a folder*");
    }

    [Fact]
    public void A_connection_string_is_left_to_the_cluster_host()
    {
        var open = () => House.Open([], new HouseOptions(given.Folder) { ConnectionString = "Server=nowhere" }, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        open.Should().Throw<StorageException>().WithMessage("*start the cluster host*");
        File.Exists(given.File).Should().BeFalse();
    }

    [Fact]
    public async Task Many_processes_may_open_a_new_database_at_once()
    {
        var houses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => given.House())));
        for (var n = 0; n < houses.Length; n++) await houses[n].Add("a", 1, n);
        foreach (var house in houses) await house.DisposeAsync();
        await using var later = given.House();
        (await later.Sum("a")).Should().Be(4);
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={given.File};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }
}
