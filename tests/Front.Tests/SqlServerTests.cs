using Ainalym.Front.Demo;
using Ainalym.Identity;
using Ainalym.Identity.Notices;
using Ainalym.Identity.Organisations;
using Ainalym.Identity.Registrations;
using Ainalym.Identity.Users;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Support;
using Microsoft.AspNetCore.Identity;

namespace Ainalym.Front.Tests;

/// <summary>Identity's T-SQL is read by Microsoft's own parser, and no module forgets an engine.</summary>
public sealed class SqlServerTests
{
    public static TheoryData<string> Modules => [.. FrontHost.Modules.Select(module => module.Name)];

    [Theory, MemberData(nameof(Modules))]
    public void Every_migration_of_a_module_stands_on_both_engines_with_the_same_tables(string module)
    {
        var assembly = FrontHost.Modules.Single(known => known.Name == module).Assembly;
        var names = MigrationFiles.Names(assembly, Engine.SqlServer);
        names.Should().Equal(MigrationFiles.Names(assembly, Engine.Sqlite));
        foreach (var name in names) TSqlCheck.Problems(MigrationFiles.Text(assembly, Engine.SqlServer, name)).Should().BeEmpty();
        MigrationFiles.Tables(assembly, Engine.SqlServer).Should().BeEquivalentTo(MigrationFiles.Tables(assembly, Engine.Sqlite));
    }

    /// <summary>Each branch is taken by what the database claims to have found.</summary>
    [Fact]
    public async Task Everything_that_Identity_reads_and_writes_may_run()
    {
        var database = new RecordingDatabase();
        await Work(database, isThere: false);
        database.Scalar = _ => 1L;
        await Work(database, isThere: true);
        database.Scalar = sql => sql.Contains("h.bin", StringComparison.Ordinal) ? null : 1L;
        await Work(database, isThere: true);

        string[] expected = ["FROM organisations\n", "FROM users\n", "INSERT INTO organisations", "INSERT INTO users", "UPDATE users", "DELETE FROM users", "UPDATE organisations", "h.bin", "head_id = @id", "INSERT INTO notices ", "INSERT INTO notices_read", "FROM ledger_holds"];
        expected.Should().AllSatisfy(part => database.Statements.Should().Contain(sql => sql.Contains(part, StringComparison.Ordinal)));
        database.Statements.Distinct(StringComparer.Ordinal).Should().HaveCountGreaterThan(15).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
    }

    private static async Task Work(RecordingDatabase database, bool isThere)
    {
        var ct = CancellationToken.None;
        var id = Guid.Parse("01900000-0000-7000-8000-000000000001");
        var bin = DemoOrganisations.BinOf(0);
        var user = new User { Id = id, OrganisationId = id, Email = "a@b.kz", EmailNormal = "a@b.kz", PasswordHash = "h", SecurityStamp = "s", ConcurrencyStamp = "c" };

        var organisations = new OrganisationQueries(database);
        await organisations.ById(id, ct);
        await organisations.ByBin(bin, ct);
        await organisations.GroupOf(id, ct);

        using var users = new UserStore(database);
        await users.FindByIdAsync(id.ToString("N"), ct);
        await users.FindByEmailAsync(user.EmailNormal, ct);
        await users.Failed(id, DateTimeOffset.UnixEpoch, ct);
        await users.Succeeded(id, DateTimeOffset.UnixEpoch, ct);
        await users.UpdateAsync(user, ct);
        await users.DeleteAsync(user, ct);

        var notices = new NoticeQueries(database);
        await notices.Latest(id, 0, 0, 10, ct);
        await notices.One(id.ToString("N"), 1, 0, ct);
        await notices.Unread(id, DateTimeOffset.UnixEpoch, ct);
        await notices.Read(id, 1, ct);
        await notices.ReadUpTo(id, ct);
        await notices.Addresses(id.ToString("N"), ct);
        NoticeRows.Add(database.Writing, [(new Envelope(1, "market/deal", id.ToString("N"), 1, "x", "x", id, "house", DateTimeOffset.UnixEpoch), new Notice(id, "money-assigned", "/my/wallet"))]);

        NoticeRows.Operators(database.Writing);

        await new HoldCheck(database, TimeProvider.System).Find(Currency.Kzt, "", 10, ct);
        await new HoldCheck(database, TimeProvider.System).Find(currency: null, "", 10, ct);

        await new Affiliations(database).Record(id, bin, ct);
        await new Affiliations(database).Record(id, head: null, ct);
        var registrar = new Registrar(database, new PasswordHasher<User>(), TimeProvider.System);
        var registering = () => registrar.Register(new(bin, "Name", TextValue.Parse<Region>("75"), Roles.Seller, user.Email, "a long password"), id, ct);
        if (!isThere) await registering();
        else await registering.Should().ThrowAsync<InvalidOperationException>("it is told that the registration was there, and finds none");
    }

    [Fact]
    public void Identity_has_migrations() => MigrationFiles.Names(typeof(IdentityModule).Assembly, Engine.SqlServer).Should().NotBeEmpty();
}
