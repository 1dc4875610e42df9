using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Docs.Model;

namespace Patchbay.Sandbox.Vendors.Google.Docs;

/// <summary>The content of documents, by the id of their Drive file.</summary>
internal sealed class DocsStore(Store store, LiveFeed live)
{
    private readonly Collection<DocRecord> documents = new(store, "docs.document");

    public bool Empty => !documents.Any();

    /// <summary>An empty one when nothing was ever written.</summary>
    public DocDocument Open(string id) => documents.Get(id)?.Open() ?? DocDocument.Empty(id);

    public void Put(DocDocument document)
    {
        documents.Put(document.Id, DocRecord.Of(document));
        live.Changed("docs");
    }

    public void Copy(string from, string to) => Put((DocRecord.Of(Open(from)) with { Id = to, Revision = 1 }).Open());

    public void Delete(string id) => documents.Delete(id);

    public void Clear() => documents.Clear();
}
