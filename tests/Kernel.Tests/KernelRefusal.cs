namespace Ainalym.Kernel.Tests.Sample;

/// <summary>A module whose aggregate is called like the module itself.</summary>
public enum KernelRefusal
{
    Closed,
}
