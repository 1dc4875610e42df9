return await Patchbay.Server.Commands.CommandLine.RunAsync(args, Console.Out, Console.Error);
