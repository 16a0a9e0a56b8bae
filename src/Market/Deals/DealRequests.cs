using Ainalym.Kernel;

namespace Ainalym.Market.Deals;

/// <summary>Why: at most 2,000 characters of plain text.</summary>
public sealed record ReasonRequest(string Reason);

/// <param name="Accepted">false: the offer is declined.</param>
public sealed record OfferAnswerRequest(bool Accepted);

/// <param name="Upheld">true: the award falls.</param>
public sealed record ComplaintDecisionRequest(bool Upheld, string Reason);

/// <param name="Day">From the lot's first pick-up day to the deal's deadline; it is agreed when the other party says the same.</param>
public sealed record PickUpRequest(DateOnly Day);

/// <param name="Vehicle">Its number plate, at most 64 characters.</param>
public sealed record LoadingRequest(string Vehicle);

/// <param name="Text">At most 2,000 characters of plain text.</param>
/// <param name="Photos">At most 8, by the hashes that their uploads were answered with.</param>
public sealed record EvidenceRequest(string Text, IReadOnlyList<string>? Photos = null, IReadOnlyList<string>? Documents = null);

/// <summary>A load as the scale at receipt gave it.</summary>
/// <param name="GrossKg">Kilograms: "28000.000".</param>
/// <param name="Ticket">The number of the weighing ticket, at most 64 characters.</param>
/// <param name="Vehicle">Its number plate, at most 64 characters.</param>
public sealed record WeighingRequest(string GrossKg, string TareKg, string MoisturePercent, string ContaminationPercent, string Ticket, string Vehicle)
{
    /// <summary>Reads every value and names all that can't be read at once.</summary>
    public RecordWeighing? Read(Guid commandId, Guid buyer, out IReadOnlyList<Refusal> refusals)
    {
        var reading = new Reading();
        var command = new RecordWeighing(
            commandId, buyer, reading.Of<Mass>(GrossKg, "gross_kg"), reading.Of<Mass>(TareKg, "tare_kg"), reading.Of<Share>(MoisturePercent, "moisture_percent"),
            reading.Of<Share>(ContaminationPercent, "contamination_percent"), Ticket, Vehicle);
        refusals = reading.Refusals;
        return refusals.Count == 0 ? command : null;
    }
}

/// <param name="Ticket">Of the weighing that was recorded by mistake.</param>
/// <param name="Reason">At most 2,000 characters of plain text.</param>
public sealed record VoidWeighingRequest(string Ticket, string Reason);

/// <param name="PayableKg">The mass that is paid for; left out: as the scale and the terms have it; 0: the buyer has all of it back.</param>
public sealed record DisputeDecisionRequest(string Reason, string? PayableKg = null)
{
    public DecideDispute? Read(Guid commandId, out IReadOnlyList<Refusal> refusals)
    {
        var reading = new Reading();
        var command = new DecideDispute(commandId, reading.OfOptional<Mass>(PayableKg, "payable_kg"), Reason);
        refusals = reading.Refusals;
        return refusals.Count == 0 ? command : null;
    }
}
