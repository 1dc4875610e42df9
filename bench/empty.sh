# What the benches share: an empty ASP.NET application as the peer, a free port, and the summary of a file of numbers.
build_empty() { # folder
  mkdir "$1/empty"
  cat >"$1/empty/empty.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <ServerGarbageCollection>true</ServerGarbageCollection>
  </PropertyGroup>
</Project>
XML
  cat >"$1/empty/Program.cs" <<'CS'
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
builder.Logging.ClearProviders();
var app = builder.Build();
app.MapGet("/health", () => "healthy");
app.Run();
CS
  dotnet build "$1/empty" -c Release -v q -o "$1/empty/out" >"$1/build.log" 2>&1 || { tail "$1/build.log"; exit 1; }
}

free_port() { node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }

summary() { # file: "median smallest largest"
  sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)], v[1], v[NR] }'
}
