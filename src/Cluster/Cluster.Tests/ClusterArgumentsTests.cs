namespace Ainalym.Cluster.Tests;

public sealed class ClusterArgumentsTests
{
    [Theory]
    [InlineData("--data here --silo-port 11112 --urls http://127.0.0.1:5001", 11112, "--data here --urls http://127.0.0.1:5001")]
    [InlineData("demo --silo-port=11113", 11113, "demo")]
    [InlineData("verify --data here", 11111, "verify --data here")]
    public void Takes_its_own_and_passes_the_rest_on(string line, int port, string passed)
    {
        var read = ClusterArguments.Read(line.Split(' '), out var rest, out var problem);
        read.Should().Be(new ClusterArguments(port));
        (string.Join(' ', rest), problem).Should().Be((passed, null));
    }

    [Theory]
    [InlineData("--silo-port", "''")]
    [InlineData("--silo-port 0", "'0'")]
    [InlineData("--silo-port 65536", "'65536'")]
    [InlineData("--silo-port=eleven", "'eleven'")]
    public void A_port_that_is_none_is_named(string line, string given)
    {
        ClusterArguments.Read(line.Split(' '), out _, out var problem).Should().BeNull();
        problem.Should().Contain("--silo-port").And.Contain("1 to 65535").And.Contain(given);
    }
}
