using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

/// <summary>Projects, datasets, tables and jobs: everything but rows.</summary>
internal sealed class Shelf(Store store, TimeProvider time)
{
    private readonly Collection<ProjectRecord> projects = new(store, "bigquery.project");
    private readonly Collection<DatasetRecord> datasets = new(store, "bigquery.dataset");
    private readonly Collection<TableRecord> tables = new(store, "bigquery.table");
    private readonly Collection<JobRecord> jobs = new(store, "bigquery.job");

    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public bool Empty => !projects.Any();

    public IReadOnlyList<ProjectRecord> Projects(string email) => [.. projects.List().Where(project => project.Roles.ContainsKey(email))];

    public IReadOnlyList<ProjectRecord> AllProjects() => projects.List();

    public void Put(ProjectRecord project) => projects.Put(project.Id, project, sort: project.Id);

    /// <summary>The project, if the account may see it.</summary>
    public ProjectRecord Project(string id, GoogleAccount account)
    {
        var project = projects.Get(id) ?? throw BigQueryErrors.NotFound($"Project {id}");
        return project.Roles.ContainsKey(account.Email) ? project : throw BigQueryErrors.Denied($"Project {id}: User does not have permission to access project {id}.");
    }

    public static bool MayWrite(ProjectRecord project, GoogleAccount account) => project.Roles.GetValueOrDefault(account.Email) is "OWNER" or "EDITOR";

    public void DemandWrite(string id, GoogleAccount account, string permission, string what)
    {
        if (!MayWrite(Project(id, account), account))
            throw BigQueryErrors.Denied($"{what}: Permission {permission} denied on {char.ToLowerInvariant(what[0])}{what[1..]} (or it may not exist).");
    }

    public IReadOnlyList<DatasetRecord> Datasets(string project) => datasets.List(project);

    public DatasetRecord? FindDataset(string project, string id) => datasets.Get($"{project}:{id}");

    public DatasetRecord Dataset(string project, string id) => FindDataset(project, id) ?? throw BigQueryErrors.NotFound($"Dataset {project}:{id}");

    public void Put(DatasetRecord dataset) => datasets.Put(dataset.Key, dataset, dataset.Project, SortKey(dataset.Id));

    public void Delete(DatasetRecord dataset) => datasets.Delete(dataset.Key);

    public IReadOnlyList<TableRecord> Tables(string project, string dataset) => tables.List($"{project}:{dataset}");

    public TableRecord? FindTable(string project, string dataset, string id) => tables.Get($"{project}:{dataset}.{id}");

    public TableRecord Table(string project, string dataset, string id) =>
        FindTable(project, dataset, id) ?? throw (FindDataset(project, dataset) is null ? BigQueryErrors.NotFound($"Dataset {project}:{dataset}") : BigQueryErrors.NotFound($"Table {project}:{dataset}.{id}"));

    public void Put(TableRecord table) => tables.Put(table.Key, table, $"{table.Project}:{table.Dataset}", SortKey(table.Id));

    public void Delete(TableRecord table) => tables.Delete(table.Key);

    public JobRecord? FindJob(string project, string id) => jobs.Get($"{project}:{id}");

    public JobRecord Job(string project, string id) => FindJob(project, id) ?? throw BigQueryErrors.NotFound($"Job {project}:{id}");

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JobRecord> Jobs(string project, int limit = int.MaxValue) => jobs.List(project, limit: limit, newestFirst: true);

    public void Put(JobRecord job) => jobs.Put(job.Key, job, job.Project, FormattableString.Invariant($"{job.Created:D15}"));

    public void Delete(JobRecord job) => jobs.Delete(job.Key);

    public void Clear()
    {
        projects.Clear();
        datasets.Clear();
        tables.Clear();
        jobs.Clear();
    }

    /// <summary>Sort keys are ASCII; names of tables need not be.</summary>
    private static string SortKey(string id) => string.Concat(id.Select(c => c < 127 ? c : '~'));
}
