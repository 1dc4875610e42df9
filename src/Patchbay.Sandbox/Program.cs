using Patchbay.Sandbox;

return await SandboxCommand.RunAsync(args, Console.In, Console.Out, Console.Error);
