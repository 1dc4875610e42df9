namespace Patchbay.Vault;
