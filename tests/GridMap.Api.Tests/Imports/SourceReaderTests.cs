using System.Buffers.Binary;
using System.IO.Compression;
using GridMap.Api.Hosting;
using GridMap.Api.Imports;
using GridMap.Api.Imports.Sources;
using GridMap.Core.Coordinates;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridMap.Api.Tests.Imports;

public sealed class SourceReaderTests : IDisposable
{
    private readonly SourceFiles files = new();
    private readonly ImportOptions limits = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("v.gpkg", "GPKG", "EPSG:4547")]
    [InlineData("v.gpkg", "GPKG", "EPSG:4526")]
    [InlineData("v.gpkg", "GPKG", "EPSG:4490")]
    [InlineData("v.kml", "LIBKML", "EPSG:4326")]
    [InlineData("v2.json", "GeoJSON", "EPSG:4547")]
    public async Task A_file_that_says_its_system_comes_out_in_degrees(string name, string driver, string crs)
    {
        string[] options = driver == "GeoJSON" ? ["-lco", "COORDINATE_PRECISION=10"] : [];
        var (features, summaries) = await ReadAsync(files.Convert(Villages(), name, ["-f", driver, "-t_srs", crs, .. options]));
        AssertVillages(features);
        Assert.Equal(crs, Assert.Single(summaries).Crs);
        Assert.Equal(0, summaries[0].CrsAccuracyMetres);
    }

    [Fact]
    public async Task A_GBK_shapefile_without_cpg_and_shx_is_read()
    {
        files.Convert(Villages(), "v.shp", "-f", "ESRI Shapefile", "-lco", "ENCODING=GBK", "-t_srs", "EPSG:4547");
        var (features, summaries) = await ReadAsync(files.Zip("村.zip", "v.shp", "v.dbf", "v.prj"));
        AssertVillages(features);
        Assert.Equal(("EPSG:4547", "GB18030", "v"), (summaries[0].Crs, summaries[0].Encoding, summaries[0].Layer));
    }

    [Fact]
    public async Task A_shapefile_whose_cpg_lies_is_read_by_its_bytes()
    {
        files.Convert(Villages(), "v.shp", "-f", "ESRI Shapefile", "-lco", "ENCODING=GBK");
        files.Text("v.cpg", "UTF-8");
        AssertVillages((await ReadAsync(files.PathOf("v.shp"), files.PathOf("v.dbf"), files.PathOf("v.prj"), files.PathOf("v.cpg"))).Features);
    }

    [Fact]
    public async Task A_UTF_8_shapefile_cut_within_a_character_is_still_UTF_8()
    {
        var longName = new string('网', 30); // 90 bytes in a field of 80
        var json = files.GeoJson("long.geojson", [SourceFiles.TwoVillages[0] with { Name = longName }]);
        files.Convert(json, "v.shp", "-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8");
        File.Delete(files.PathOf("v.cpg"));
        var (features, summaries) = await ReadAsync(files.Zip("v.zip", "v.shp", "v.dbf", "v.prj"));
        Assert.Equal("UTF-8", summaries[0].Encoding);
        Assert.StartsWith("网网网", features[0].Feature.Properties.GetProperty("名称").GetString());
    }

    [Fact]
    public async Task Closed_polylines_of_a_DXF_are_polygons()
    {
        files.Text("v.dxf", """
              0
            SECTION
              2
            ENTITIES
              0
            LWPOLYLINE
              8
            440605001201
             90
            4
             70
            1
             10
            113.125
             20
            23.0
             10
            113.140625
             20
            23.0
             10
            113.140625
             20
            23.015625
             10
            113.125
             20
            23.015625
              0
            ENDSEC
              0
            EOF
            """);
        var (features, _) = await ReadAsync(new SourceChoice(null, SourceCrs.Parse("wgs84"), null), files.PathOf("v.dxf"));
        var polygon = Assert.Single(features).Feature.Geometry!;
        Assert.Equal("Polygon", polygon.GeometryType);
        Assert.Equal("440605001201", features[0].Feature.Properties.GetProperty("Layer").GetString());
    }

    [Fact]
    public async Task TopoJSON_is_WGS84_and_its_shared_arcs_are_shared()
    {
        var path = files.Text("t.json", """
            {"type":"Topology","transform":{"scale":[0.0078125,0.0078125],"translate":[113,23]},
             "objects":{"villages":{"type":"GeometryCollection","geometries":[
               {"type":"Polygon","properties":{"编码":"a"},"arcs":[[0,1]]},
               {"type":"Polygon","properties":{"编码":"b"},"arcs":[[-1,2]]}]}},
             "arcs":[[[0,0],[0,2]],[[0,2],[2,0],[0,-2],[-2,0]],[[0,0],[-2,0],[0,2],[2,0]]]}
            """);
        var (features, summaries) = await ReadAsync(path);
        Assert.Equal(("TopoJson", "wgs84"), (summaries[0].Format, summaries[0].Crs));
        Assert.Equal(2, features.Count);
        Assert.Equal("LINESTRING (113 23, 113 23.015625)", features[0].Feature.Geometry!.Intersection(features[1].Feature.Geometry).Normalized().AsText());
    }

    [Fact]
    public async Task GCJ_02_is_handed_on_as_it_is_with_its_datum()
    {
        var (features, summaries) = await ReadAsync(new SourceChoice(null, SourceCrs.Parse("GCJ02"), null), Villages());
        Assert.All(features, feature => Assert.Equal(Datum.Gcj02, feature.Datum));
        Assert.Equal("gcj02", summaries[0].Crs);
        AssertVillages(features);
    }

    [Theory]
    [InlineData("t.gpkg", "GPKG")]
    [InlineData("t.shp", "ESRI Shapefile")]
    public async Task Every_feature_keeps_its_number_and_its_texts_with_and_without_geometry(string name, string driver)
    {
        const string With = """{"type":"Feature","properties":{"code":"a#","name":"甲","n":7,"r":4.5},"geometry":{"type":"Polygon","coordinates":[[[113,23],[113.25,23],[113.25,23.25],[113,23]]]}}""";
        const string Without = """{"type":"Feature","properties":{"code":"b","name":null,"n":null,"r":12},"geometry":null}""";
        foreach (var features in (string[][])[[With, With, With], [With, Without, With]])
        {
            foreach (var old in Directory.GetFiles(files.Folder, "t.*"))
                File.Delete(old);
            var json = files.Text("t.geojsonl", string.Join('\n', features.Select((feature, i) => feature.Replace("#", $"{i}", StringComparison.Ordinal))));
            var path = files.Convert(json, name, "-f", driver, "-lco", "ENCODING=UTF-8", "-a_srs", "EPSG:4490");
            var (read, _) = await ReadAsync([path, .. driver == "GPKG" ? [] : new[] { ".dbf", ".shx", ".prj", ".cpg" }.Select(ending => Path.ChangeExtension(path, ending))]);

            Assert.Equal([1, 2, 3], read.Select(feature => feature.Number));
            Assert.Equal(features.Select(feature => feature == With), read.Select(feature => feature.Feature.Geometry is not null));
            Assert.Equal(["a0", features[1] == With ? "a1" : "b", "a2"], read.Select(feature => feature.Feature.Properties.GetProperty("code").GetString()));
            Assert.Equal("甲", read[2].Feature.Properties.GetProperty("name").GetString());
            Assert.Equal((7, 4.5), (read[2].Feature.Properties.GetProperty("n").GetInt32(), read[2].Feature.Properties.GetProperty("r").GetDouble()));
        }
    }

    [Fact]
    public async Task Heights_and_measures_are_dropped()
    {
        var json = files.Text("z.geojson", """{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[113,23,5],[113.25,23,6],[113.25,23.25,7],[113,23,5]]]}}""");
        var (features, _) = await ReadAsync(files.Convert(json, "z.gpkg", "-f", "GPKG"));
        Assert.Equal("POLYGON ((113 23, 113.25 23, 113.25 23.25, 113 23))", features[0].Feature.Geometry!.AsText());
    }

    [Fact]
    public async Task All_layers_are_read_when_asked_and_several_are_refused_otherwise()
    {
        files.Convert(Villages(), "two.gpkg", "-f", "GPKG", "-nln", "villages");
        files.Convert(Villages(), "two.gpkg", "-f", "GPKG", "-update", "-nln", "小组");
        var path = files.PathOf("two.gpkg");
        var problem = await RefusalAsync(new SourceChoice(null, null, null), path);
        Assert.Equal("layer_ambiguous", problem.Code);
        Assert.Contains("小组", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(2, (await ReadAsync(new SourceChoice("小组", null, null), path)).Features.Count);
        Assert.Equal(4, (await ReadAsync(new SourceChoice("*", null, null), path)).Features.Count);
        Assert.Equal("layer_unknown", (await RefusalAsync(new SourceChoice("x", null, null), path)).Code);
    }

    [Fact]
    public async Task A_shapefile_without_prj_is_refused_and_read_once_its_system_is_named()
    {
        files.Convert(Villages(), "v.shp", "-f", "ESRI Shapefile", "-lco", "ENCODING=GBK", "-t_srs", "EPSG:4526");
        var zip = files.Zip("v.zip", "v.shp", "v.dbf", "v.shx");
        var problem = await RefusalAsync(new SourceChoice(null, null, null), zip);
        Assert.Equal(("crs_missing", "crs"), (problem.Code, problem.Field));
        AssertVillages((await ReadAsync(new SourceChoice(null, SourceCrs.Parse("4526"), null), zip)).Features);
    }

    [Theory]
    [InlineData("EPSG:99999")]
    [InlineData("EPSG:4547; drop table")]
    [InlineData("mars")]
    [InlineData("/vsicurl/http://127.0.0.1/x")]
    public async Task A_system_that_PROJ_does_not_know_is_refused(string crs) =>
        Assert.Equal("crs_unknown", (await RefusalAsync(() => new SourceChoice(null, SourceCrs.Parse(crs), null), Villages())).Code);

    [Fact]
    public async Task An_old_datum_without_known_parameters_is_read_with_unknown_accuracy()
    {
        var (_, summaries) = await ReadAsync(files.Convert(Villages(), "v.gpkg", "-f", "GPKG", "-t_srs", "EPSG:2362"));
        Assert.Null(summaries[0].CrsAccuracyMetres);
    }

    [Theory]
    [InlineData("x.pdf", "%PDF-1.4", "format_unknown")]
    [InlineData("x.csv", "a,b\n1,2", "format_unknown")]
    [InlineData("x.vrt", "<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>PG:host=x</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>", "format_unknown")]
    [InlineData("x.geojson", "", "invalid_json")]
    [InlineData("x.geojson", "{\"type\":\"FeatureCollection\",\"features\":[null]}", "not_an_object")]
    [InlineData("x.topojson", "{\"type\":\"Topology\",\"objects\":{},\"arcs\":[[[", "source_unreadable")]
    [InlineData("x.kml", "<kml><Document><Placemark>", "source_unreadable")]
    [InlineData("x.kml", "<!DOCTYPE kml SYSTEM \"http://127.0.0.1/evil.dtd\"><kml/>", "source_unreadable")]
    [InlineData("x.gpkg", "SQLite format 3\0 not really", "source_unreadable")]
    [InlineData("x.dbf", "x", "format_unknown")]
    public async Task What_cannot_be_read_is_refused(string name, string text, string code) =>
        Assert.Equal(code, (await RefusalAsync(new SourceChoice(null, null, null), files.Text(name, text))).Code);

    [Fact]
    public async Task A_GeoJSON_refusal_names_the_feature()
    {
        var problem = await RefusalAsync(new SourceChoice(null, null, null), files.Text("open.geojson",
            """{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null},{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}}]}"""));
        Assert.Equal("ring_not_closed", problem.Code);
        Assert.StartsWith("open: feature 2: features[1].geometry.coordinates[0]", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_unpacks_to_more_than_it_says_is_stopped()
    {
        using (var zip = ZipFile.Open(files.PathOf("bomb.zip"), ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("x.geojson", CompressionLevel.Fastest).Open();
            entry.Write(new byte[3 << 20]);
        }

        limits.UnpackedMaxBytes = 1 << 20;
        Assert.Equal("archive_too_large", (await RefusalAsync(new SourceChoice(null, null, null), files.PathOf("bomb.zip"))).Code);
    }

    [Fact]
    public async Task Entries_that_climb_out_of_an_archive_stay_inside()
    {
        using (var zip = ZipFile.Open(files.PathOf("climb.zip"), ZipArchiveMode.Create))
            zip.CreateEntryFromFile(Villages(), "../../../../tmp/climbed.geojson");
        var (features, summaries) = await ReadAsync(files.PathOf("climb.zip"));
        Assert.Equal("climbed", summaries[0].Name);
        Assert.Equal(2, features.Count);
        Assert.False(File.Exists("/tmp/climbed.geojson"));
    }

    [Fact]
    public async Task A_damaged_archive_is_refused()
    {
        var zip = files.Zip("v.zip", Path.GetFileName(Villages()));
        var bytes = File.ReadAllBytes(zip);
        File.WriteAllBytes(zip, bytes[..(bytes.Length / 2)]);
        Assert.Equal("archive_unreadable", (await RefusalAsync(new SourceChoice(null, null, null), zip)).Code);
    }

    [Fact]
    public async Task A_shapefile_whose_header_promises_too_much_is_refused_or_read_and_never_hangs()
    {
        files.Convert(Villages(), "v.shp", "-f", "ESRI Shapefile");
        var shp = File.ReadAllBytes(files.PathOf("v.shp"));
        BinaryPrimitives.WriteInt32BigEndian(shp.AsSpan(24), int.MaxValue); // length of the file
        BinaryPrimitives.WriteInt32LittleEndian(shp.AsSpan(100 + 8 + 36), int.MaxValue); // number of parts
        File.WriteAllBytes(files.PathOf("v.shp"), shp);
        var problem = await RefusalAsync(new SourceChoice(null, null, null), files.Zip("v.zip", "v.shp", "v.dbf", "v.prj"));
        Assert.Equal("source_unreadable", problem.Code);
    }

    [Fact]
    public async Task A_child_process_is_given_no_credentials_and_no_network_driver()
    {
        Environment.SetEnvironmentVariable("PGPASSWORD", "secret");
        try
        {
            var outcome = await GdalProcess.RunAsync("env", [], new Dictionary<string, string>(), files.Folder, limits, 1 << 16, default);
            Assert.DoesNotContain("secret", outcome.Output, StringComparison.Ordinal);
            Assert.Contains("PROJ_NETWORK=OFF", outcome.Output, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PGPASSWORD", null);
        }
    }

    [Fact]
    public async Task Giving_up_kills_the_child_process()
    {
        using var cancel = new CancellationTokenSource();
        var run = GdalProcess.RunAsync("sleep", ["300"], new Dictionary<string, string>(), files.Folder, limits, 1 << 16, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Nothing_is_left_in_the_folder()
    {
        await ReadAsync(Villages());
        Assert.Empty(Directory.EnumerateDirectories(files.Folder));
    }

    private static void AssertVillages(List<SourceFeature> features)
    {
        Assert.Equal(SourceFiles.TwoVillages.Select(v => (v.Code, v.Name)), features.Select(f => (Text(f, "编码"), Text(f, "名称"))));
        var expected = SourceFiles.TwoVillages.Select(v => new NetTopologySuite.IO.WKTReader().Read(v.Wkt));
        foreach (var (polygon, feature) in expected.Zip(features))
            Assert.True(polygon.EqualsTopologically(Snapped(feature)), Snapped(feature).AsText());

        static string Text(SourceFeature feature, string name) => feature.Feature.Properties.GetProperty(name).GetString()!;

        // A projection there and back errs by nanometres: on the lattice it is gone.
        static NetTopologySuite.Geometries.Geometry Snapped(SourceFeature feature) =>
            LatticeGeometry.Enter(feature.Feature.Geometry!, Datum.Wgs84).Geometry!;
    }

    private string Villages() => files.GeoJson("villages.geojson", SourceFiles.TwoVillages);

    private Task<(List<SourceFeature> Features, List<SourceSummary> Summaries)> ReadAsync(params string[] paths) =>
        ReadAsync(new SourceChoice(null, null, null), paths);

    private async Task<(List<SourceFeature> Features, List<SourceSummary> Summaries)> ReadAsync(SourceChoice choice, params string[] paths)
    {
        using var folder = new SourceFolder(files.Folder, limits);
        var features = new List<SourceFeature>();
        var reader = new SourceReader(new Gdal(limits, NullLogger<Gdal>.Instance), limits);
        var datasets = folder.Take(SourceFiles.Sent(paths), default);
        var summaries = await reader.ReadAsync(folder, datasets, choice, features, _ => { }, default);
        Assert.Equal(features.Count, summaries.Sum(s => s.Features));
        return (features, summaries);
    }

    private Task<Problem> RefusalAsync(SourceChoice choice, params string[] paths) => RefusalAsync(() => choice, paths);

    private async Task<Problem> RefusalAsync(Func<SourceChoice> choice, params string[] paths) =>
        (await Assert.ThrowsAsync<ProblemException>(async () => await ReadAsync(choice(), paths))).Problem;
}
