using Ainalym.Front;

return await FrontHost.Run(args, FrontPorts.Embedded);
