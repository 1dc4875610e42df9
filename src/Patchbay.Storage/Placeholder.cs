namespace Patchbay.Storage;
