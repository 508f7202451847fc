using System.CommandLine;
using GridMap.Api.Checks;
using GridMap.Api.Exports;
using GridMap.Api.Hosting;
using GridMap.Api.Imports;

var serve = ServeCommand.Create();
var root = new RootCommand("GridMap: which grid is this point in, who answers for it, and how far has each zone got.")
{
    serve,
    MigrateCommand.Create(),
    CheckCommand.Create(),
    OpenApiCommand.Create(),
    ImportCommand.Create(),
    ExportCommand.Create(),
};
root.Action = serve.Action;
root.TreatUnmatchedTokensAsErrors = true;
return await root.Parse(args).InvokeAsync();
