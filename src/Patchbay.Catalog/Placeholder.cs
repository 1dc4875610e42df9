namespace Patchbay.Catalog;
