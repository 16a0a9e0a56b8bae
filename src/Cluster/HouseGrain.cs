using Ainalym.Journal;
using Orleans;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Ainalym.Cluster;

/// <summary>
/// The one grain class: it hands what comes in to the grains of its process, which decide and write as they do in a house of one process. Reentrant, so that commands need not wait for the
/// commits of earlier ones; where it is first asked for, there it lives.
/// </summary>
[Reentrant, PreferLocalPlacement]
internal sealed class HouseGrain(House house) : Orleans.Grain, IHouseGrain
{
    public async Task<Answer> Handle(Order order)
    {
        try
        {
            return Answer.Of(await house.Handle(this.GetPrimaryKeyString(), order.Command, order.Caller));
        }
        catch (StorageException failed)
        {
            return Answer.Failed(failed.Message);
        }
    }
}
