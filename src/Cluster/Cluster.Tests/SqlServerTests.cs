using System.Net;
using System.Reflection;
using Ainalym.Journal;
using Ainalym.Support;
using Orleans;
using Orleans.Runtime;

namespace Ainalym.Cluster.Tests;

/// <summary>The T-SQL beside the SQLite files, and what the table of silos sends to SQL Server, is read by Microsoft's own parser.</summary>
public sealed class SqlServerTests
{
    private static readonly Assembly Cluster = typeof(ClusterModule).Assembly;

    [Fact]
    public void Every_migration_stands_on_both_engines_with_the_same_tables()
    {
        MigrationFiles.Names(Cluster, Engine.SqlServer).Should().NotBeEmpty().And.Equal(MigrationFiles.Names(Cluster, Engine.Sqlite));
        foreach (var name in MigrationFiles.Names(Cluster, Engine.SqlServer)) TSqlCheck.Problems(MigrationFiles.Text(Cluster, Engine.SqlServer, name)).Should().BeEmpty();
        MigrationFiles.Tables(Cluster, Engine.SqlServer).Should().BeEquivalentTo(MigrationFiles.Tables(Cluster, Engine.Sqlite));
    }

    [Fact]
    public async Task Every_statement_may_run()
    {
        var database = new RecordingDatabase { Touched = 1 };
        database.Rows[typeof(SiloTable.Row)] = new SiloTable.Row(0, null, null, null, null, null, null, null, null, null);
        IMembershipTable table = new SiloTable(database);
        var silo = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), 1);
        var entry = new MembershipEntry { SiloAddress = silo, HostName = "host", SiloName = "silo", Status = SiloStatus.Active };
        var edition = new TableVersion(1, "0");
        (await table.ReadAll()).Members.Should().BeEmpty();
        await table.ReadRow(silo);
        (await table.InsertRow(entry, edition)).Should().BeTrue();
        (await table.UpdateRow(entry, "0", edition)).Should().BeTrue();
        await table.UpdateIAmAlive(entry);
        await table.CleanupDefunctSiloEntries(DateTimeOffset.UnixEpoch);
        await table.DeleteMembershipTableEntries(ClusterModule.Name);
        database.Statements.Should().HaveCount(2 + 2 + 2 + 3).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
    }
}
