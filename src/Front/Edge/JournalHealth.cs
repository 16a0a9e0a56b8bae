using Ainalym.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ainalym.Front.Edge;

/// <summary>Ready means: the journal can be read, and its last batch was written.</summary>
internal sealed class JournalHealth(House house, IDatabase db) : IHealthCheck
{
    public const string Ready = "ready";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (house.Failing is not null) return HealthCheckResult.Unhealthy("The last batch could not be written.");
        try
        {
            await db.Single<long>("SELECT position FROM head", ct: cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StorageException)
        {
            return HealthCheckResult.Unhealthy("The journal can't be read.");
        }
    }
}
