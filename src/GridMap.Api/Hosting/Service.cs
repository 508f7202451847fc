using GridMap.Api.Accounts;
using GridMap.Api.Arrangements;
using GridMap.Api.Audit;
using GridMap.Api.BaseMaps;
using GridMap.Api.Boards;
using GridMap.Api.Calendars;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Api.Categories;
using GridMap.Api.Checks;
using GridMap.Api.Context;
using GridMap.Api.Demonstration;
using GridMap.Api.Duties;
using GridMap.Api.Events;
using GridMap.Api.Exports;
using GridMap.Api.Generations;
using GridMap.Api.Grids;
using GridMap.Api.Grids.Searching;
using GridMap.Api.Imports;
using GridMap.Api.Inbox;
using GridMap.Api.Issues;
using GridMap.Api.Keys;
using GridMap.Api.Lookup;
using GridMap.Api.Measures;
using GridMap.Api.Me;
using GridMap.Api.People;
using GridMap.Api.People.Sheets;
using GridMap.Api.Photos;
using GridMap.Api.Plans;
using GridMap.Api.Plans.Edits;
using GridMap.Api.Points;
using GridMap.Api.Posters;
using GridMap.Api.Posts;
using GridMap.Api.Resources;
using GridMap.Api.Sessions;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Api.Spreadsheets;
using GridMap.Api.Storage;
using GridMap.Api.Surveys;
using GridMap.Api.Tiles;
using GridMap.Core.Calendars;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GridMap.Api.Hosting;

/// <summary>Puts the service together: what it consists of, then what it answers.</summary>
public static class Service
{
    /// <summary>The host, built and not started.</summary>
    /// <param name="args">ASP.NET Core's own arguments, such as <c>--urls</c>.</param>
    /// <param name="configure">Has the last word on configuration and logging, before anything reads them.</param>
    /// <param name="background">False leaves out all that needs the database at start (for writing the API document).</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null, bool background = true)
    {
        var builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        SettingsFile.Read(builder.Configuration);
        AddHost(builder);
        AddStorage(builder);
        AddCallers(builder.Services);
        AddResources(builder.Services);
        if (background)
        {
            AddBackground(builder.Services);
        }

        var app = builder.Build();
        UsePipeline(app);
        MapResources(app);
        return app;
    }

    private static void AddHost(WebApplicationBuilder builder)
    {
        // The framework tells of every request; what matters here is told by this program's own messages.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error);

        // For this one every request gets an activity and a log scope, which cost more than most answers and which nothing writes down.
        // What it tells of exceptions the server tells as well; with somebody listening to activities they are made all the same.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // Standard output is for what a verb answers.
        builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddOptions<GridMapOptions>().BindConfiguration(GridMapOptions.Section)
            .PostConfigure(options => options.Levels = options.Levels is [] ? GridMapOptions.DefaultLevels : options.Levels)
            .Validate(options => OfficeHours.TryParse(options.OfficeHours) is not null, "GridMap:OfficeHours is stretches of a day in order, such as 08:30-12:00,14:00-17:30.")
            .ValidateDataAnnotations().ValidateOnStart();
        builder.WebHost.ConfigureKestrel(Limits.Configure);
        builder.Services.Configure<FormOptions>(Limits.Configure);
        builder.Services.ConfigureHttpJsonOptions(options => JsonBody.Configure(options.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails(Problem.Configure);
        builder.Services.AddCompression();
        builder.Services.AddExceptionHandler<FaultHandler>();
        builder.Services.AddOpenApi("v1", ApiDocument.Configure);
        builder.Services.AddSingleton<DataFolder>();
        builder.Services.AddSingleton<AdminKey>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        var settings = builder.Configuration.GetSection(GridMapOptions.Section).Get<GridMapOptions>() ?? new GridMapOptions();
        builder.Services.AddCors(options => Cors.Configure(options, settings.AllowedOrigins));
        builder.Services.Configure<ForwardedHeadersOptions>(options => Forwarding.Configure(options, settings.Proxies));
    }

    private static void AddCallers(IServiceCollection services)
    {
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SingleSignOnOptions>().BindConfiguration(SingleSignOnOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        // Not AddAuthentication: it would keep keys for protected cookies in the home folder, which nothing here has.
        services.AddAuthenticationCore(options => options.DefaultScheme = CallerAuthentication.SchemeName).AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, CallerAuthentication>(CallerAuthentication.SchemeName, null);
        services.AddAuthorization(EndpointPermissions.Configure);
        services.AddSingleton<IAuthorizationHandler, EndpointPermissions.Handler>();
        services.AddSingleton<PublicAccess>().AddSingleton<CallerReader>().AddSingleton<TrustedProxy>().AddSingleton<CallerSource>();
        services.AddSingleton<SameOrigin>().AddSingleton<RefusedAttempts>().AddSingleton<PrivateAnswers>().AddSingleton<OpenReads>();
        services.AddSingleton<AccountStore>().AddSingleton<SessionStore>().AddSingleton<SignIn>().AddSingleton<SignInLimits>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<PersonStore>().AddSingleton<DutyStore>().AddSingleton<DutyQueries>();
        services.AddSingleton<PostStore>().AddSingleton<PostQueries>().AddSingleton<SheetReader>().AddSingleton<SheetUpload>().AddSingleton<StaffImport>().AddSingleton<StaffExport>().AddSingleton<AuditQueries>();
    }

    private static void AddStorage(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(DatabaseOptions.From(builder.Configuration));
        builder.Services.AddSingleton<Database>();
    }

    private static void AddResources(IServiceCollection services)
    {
        services.AddSingleton<LocatorCheck>();
        services.AddSingleton<LocatorFiles>().AddSingleton<SnapshotLoader>().AddSingleton<SnapshotProvider>();
        services.AddSingleton<DemonstrationLoader>().AddSingleton<DemonstrationGrids>();
        services.AddSingleton<DemonstrationPeople>().AddSingleton<DemonstrationIssues>().AddSingleton<DemonstrationCampaign>().AddSingleton<DemonstrationSurveys>().AddSingleton<DemonstrationAccounts>();
        services.AddSingleton<DemonstrationState>().AddSingleton<ContextLayers>().AddSingleton<ContextShapes>();
        services.AddSingleton<GridSheets>().AddSingleton<PictureTurns>().AddSingleton<SvgConverter>().AddSingleton<CampaignPosters>().AddSingleton<PosterShelf>().AddSingleton<PosterServing>();
        services.AddSingleton<TextsInService>().AddSingleton<CommonLookup>();
        services.AddSingleton<PublicNames>().AddSingleton<GridAnswers>().AddSingleton<SearchKeys>();
        services.TryAddSingleton(new Transliterator(Transliterator.Program));
        services.AddImports();
        services.AddBaseMaps();
        services.AddSingleton<ExportReader>().AddSingleton<GridExport>();
        services.AddSingleton<PlanStore>().AddSingleton<PlanQueries>().AddSingleton<PlanSessions>().AddSingleton<PlanEditing>();
        services.AddSingleton<PlanConsequencesQuery>().AddSingleton<PlanRebasing>().AddSingleton<PlanImporting>().AddSingleton<DiffQuery>();
        services.AddSingleton<Publication>().AddSingleton<PublishedDuties>().AddSingleton<ScheduledPublications>().AddSingleton<Restoration>();
        services.AddSingleton<EventReader>().AddSingleton<EventFeed>().AddSingleton<Listeners>();
        services.AddSingleton<PhotoStore>().AddSingleton<PhotoWorkshop>().AddSingleton<PhotoLinks>().AddSingleton<ServiceSecret>().AddSingleton<WorkingTimes>();
        services.AddSingleton<IssueIntake>().AddSingleton<IssueCourse>().AddSingleton<IssueTracking>().AddSingleton<SimilarIssuesQuery>().AddSingleton<IssueWorkloads>().AddSingleton<IssuePlans>().AddSingleton<ReporterErasure>();
        services.AddSingleton<OverdueWatch>().AddSingleton<WriteOffBoards>().AddSingleton<CalendarChanges>().AddSingleton<Exposures>().AddSingleton<ExposureChoices>();
        services.AddSingleton<CategoryStore>().AddSingleton<CategoryChanges>().AddSingleton<CategoryLimits>().AddSingleton<ShippedCategories>();
        services.AddSingleton<CalendarStore>().AddSingleton<CampaignStore>().AddSingleton<CampaignBooks>().AddSingleton<ProgressComparisons>().AddSingleton<Households>().AddSingleton<ResourceTables>();
        services.AddSingleton<DayIssues>().AddSingleton<DayCounts>().AddSingleton<WorkLogQueries>().AddSingleton<WorkLogIntake>();
        services.AddSingleton<OwnWorkLogs>().AddSingleton<MissingLogTables>().AddSingleton<WorkLogReminders>().AddSingleton<WorkLogWatch>();
        services.AddSingleton<ProgressTables>().AddSingleton<ZoneTables>();
        services.AddSingleton<SurveyStore>().AddSingleton<SurveyLinks>().AddSingleton<SurveyIntake>().AddSingleton<SurveyResults>().AddSingleton<SurveyTexts>().AddSingleton<SurveyStickers>();
        services.AddSingleton<IssueQueries>().AddSingleton<IssueTallies>();
        services.AddSingleton<PointsScoring>().AddSingleton<PointsRuleStore>().AddSingleton<PointsBoards>().AddSingleton<PointsLedger>().AddSingleton<PointsShop>().AddSingleton<PointsCorrections>().AddSingleton<PointsChecks>();
        services.AddSingleton<GridTilesets>().AddSingleton<TileCache>().AddSingleton<IssueTiles>();
    }

    private static void AddBackground(IServiceCollection services)
    {
        services.AddHostedService<SnapshotWatcher>();
        services.AddHostedService<TilePreparation>();
        services.AddHostedService<SearchKeyWorker>();
        services.AddHostedService<ImportWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<EventFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<ScheduledPublications>());
        services.AddHostedService(provider => provider.GetRequiredService<OverdueWatch>());
        services.AddHostedService(provider => provider.GetRequiredService<WorkLogWatch>());
        services.AddHostedService<Housekeeping>();
    }

    private static void UsePipeline(WebApplication app)
    {
        if (Forwarding.IsOn(app.Services))
        {
            app.Use(ClientAddress.KeepPeer);
            app.UseForwardedHeaders();
        }

        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseViewer();
        app.Use(HeadRequests.AsGet);
        app.Use(JsonBody.RefuseOtherCharsets);
        app.UseRouting();
        app.UseCors();
        app.Use(app.Services.GetRequiredService<OpenReads>().Pass);
        app.UseAuthentication();
        app.Use(UnknownKeys.Refuse);
        app.Use(app.Services.GetRequiredService<PrivateAnswers>().Mark);
        app.Use(app.Services.GetRequiredService<RefusedAttempts>().Note);
        app.Use(app.Services.GetRequiredService<SameOrigin>().RefuseOthers);
        app.UseAuthorization();
    }

    private static void MapResources(WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").Needs(Permission.None);
        app.MapHealth();
        app.MapSettings();
        app.MapSession();
        app.MapMe();
        app.MapAccounts();
        app.MapKeys();
        app.MapPeople();
        app.MapStaff();
        app.MapDuties();
        app.MapPosts();
        app.MapInbox();
        app.MapAudit();
        app.MapContext();
        app.MapBaseMaps();
        app.MapLookup();
        app.MapMeasures();
        app.MapGrids();
        app.MapSheets();
        app.MapGenerations();
        app.MapImports();
        app.MapExports();
        app.MapPlans();
        app.MapCategories();
        app.MapIssues();
        app.MapTracks();
        app.MapPhotos();
        app.MapBoards();
        app.MapCalendar();
        app.MapPoints();
        app.MapCampaigns();
        app.MapArrangements();
        app.MapResources();
        app.MapSurveys();
        app.MapPosters();
        app.MapEvents();
        app.MapTiles();
        app.MapUnknownRoutes();
        app.MapViewer();
    }
}
