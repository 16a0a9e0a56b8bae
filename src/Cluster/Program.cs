using Ainalym.Cluster;
using Ainalym.Front;

if (ClusterArguments.Read(args, out var rest, out var problem) is { } options) return await FrontHost.Run(rest, ClusterModule.Ports(options.SiloPort));
Console.Error.WriteLine(problem);
Console.Error.WriteLine(ClusterArguments.Usage);
return 2;
