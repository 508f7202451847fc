// NPG9001: the resolver API is public for plugins such as this one, and may change with a major version of Npgsql.
#pragma warning disable NPG9001
using GridMap.Core.Ewkb;
using NetTopologySuite.Geometries;
using Npgsql.Internal;
using Npgsql.Internal.Postgres;
using Npgsql.TypeMapping;

namespace GridMap.Api.Storage;

/// <summary>
/// The one mapping between PostGIS <c>geometry</c> and NetTopologySuite: EWKB with SRID 4490, so that queries, parameters,
/// Dapper and binary COPY just work. It has the surface of Npgsql.NetTopologySuite, which cannot be restored here.
/// </summary>
internal static class LatticeGeometryMapping
{
    private const string TypeName = "geometry";

    public static INpgsqlTypeMapper UseLatticeGeometry(this INpgsqlTypeMapper mapper)
    {
        mapper.AddTypeInfoResolverFactory(new ResolverFactory());
        return mapper;
    }

    private sealed class ResolverFactory : PgTypeInfoResolverFactory
    {
        public override IPgTypeInfoResolver CreateResolver() => new Resolver(Elements());

        public override IPgTypeInfoResolver CreateArrayResolver() => new Resolver(Arrays());
    }

    private sealed class Resolver(TypeInfoMappingCollection known) : IPgTypeInfoResolver
    {
        public PgTypeInfo? GetTypeInfo(Type? type, DataTypeName? dataTypeName, PgSerializerOptions options) =>
            known.Find(type, dataTypeName, options);
    }

    // The first is what a column is read as when nobody names a type.
    private static TypeInfoMappingCollection Elements()
    {
        var mappings = new TypeInfoMappingCollection();
        Add<Geometry>(mappings, isDefault: true);
        Add<Point>(mappings);
        Add<LineString>(mappings);
        Add<Polygon>(mappings);
        Add<MultiPoint>(mappings);
        Add<MultiLineString>(mappings);
        Add<MultiPolygon>(mappings);
        Add<GeometryCollection>(mappings);
        return mappings;
    }

    private static TypeInfoMappingCollection Arrays()
    {
        var mappings = new TypeInfoMappingCollection(Elements());
        mappings.AddArrayType<Geometry>(TypeName);
        mappings.AddArrayType<Point>(TypeName);
        mappings.AddArrayType<Polygon>(TypeName);
        mappings.AddArrayType<MultiPolygon>(TypeName);
        return mappings;
    }

    private static void Add<T>(TypeInfoMappingCollection mappings, bool isDefault = false)
        where T : Geometry =>
        mappings.AddType<T>(TypeName, static (options, mapping, _) => mapping.CreateInfo(options, new Converter<T>()), isDefault);

    private sealed class Converter<T> : PgStreamingConverter<T>
        where T : Geometry
    {
        public override T Read(PgReader reader)
        {
            using var stream = reader.GetStream();
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return (T)EwkbReader.Read(bytes);
        }

        public override async ValueTask<T> ReadAsync(PgReader reader, CancellationToken cancellationToken = default)
        {
            var stream = reader.GetStream();
            await using (stream.ConfigureAwait(false))
            {
                var bytes = new byte[stream.Length];
                await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
                return (T)EwkbReader.Read(bytes);
            }
        }

        public override Size GetSize(SizeContext context, T value, ref object? writeState)
        {
            var bytes = EwkbWriter.Write(value);
            writeState = bytes;
            return bytes.Length;
        }

        public override void Write(PgWriter writer, T value) => writer.WriteBytes(Encoded(writer));

        public override ValueTask WriteAsync(PgWriter writer, T value, CancellationToken cancellationToken = default) =>
            writer.WriteBytesAsync(Encoded(writer), cancellationToken);

        private static byte[] Encoded(PgWriter writer) =>
            (byte[]?)writer.Current.WriteState ?? throw new InvalidOperationException("A geometry was written before it was sized.");
    }
}
