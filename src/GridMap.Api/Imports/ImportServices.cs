using GridMap.Api.Imports.Placing;
using GridMap.Api.Imports.Sources;
using GridMap.Api.Settings;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Imports;

/// <summary>What imports consist of.</summary>
internal static class ImportServices
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddOptions<ImportOptions>().BindConfiguration(ImportOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DefectOptions>().BindConfiguration(DefectOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ImportOptions>>().Value);
        services.AddSingleton<Gdal>().AddSingleton<SourceReader>().AddSingleton<CodeMaking>().AddSingleton<ImportRunner>().AddSingleton<ImportPreviews>();
        services.AddSingleton<ImportJobs>().AddSingleton<ImportQueue>();
    }
}
