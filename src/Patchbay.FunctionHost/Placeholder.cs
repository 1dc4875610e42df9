namespace Patchbay.FunctionHost;
