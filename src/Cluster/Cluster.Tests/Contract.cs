using Ainalym.Journal.Tests;

namespace Ainalym.Cluster.Tests;

/// <summary>What every house does, with Orleans between the caller and the grain.</summary>
public sealed class ContractInTheSilo() : JournalContract(new Given(Silos.Open));

/// <summary>The same from outside: every command, receipt and refusal crosses a wire.</summary>
public sealed class ContractAcrossTheWire() : JournalContract(new Given(Silos.OpenBehindGateway));
