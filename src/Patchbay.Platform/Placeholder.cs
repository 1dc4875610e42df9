namespace Patchbay.Platform;
