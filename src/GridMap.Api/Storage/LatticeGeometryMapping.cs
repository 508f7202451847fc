// NPG9001: the resolver API is public for plugins such as this one, and may change with a major version of Npgsql.
#pragma warning disable NPG9001
using GridMap.Core.Coordinates;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
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
    public static INpgsqlTypeMapper UseLatticeGeometry(this INpgsqlTypeMapper mapper)
    {
        mapper.AddTypeInfoResolverFactory(new ResolverFactory());
        return mapper;
    }

    private sealed class ResolverFactory : PgTypeInfoResolverFactory
    {
        public override IPgTypeInfoResolver CreateResolver() => new Resolver();

        public override IPgTypeInfoResolver? CreateArrayResolver() => null;
    }

    private sealed class Resolver : IPgTypeInfoResolver
    {
        private readonly TypeInfoMappingCollection known = Map();

        public PgTypeInfo? GetTypeInfo(Type? type, DataTypeName? dataTypeName, PgSerializerOptions options) =>
            known.Find(type, dataTypeName, options);

        private static TypeInfoMappingCollection Map()
        {
            var mappings = new TypeInfoMappingCollection();
            Add<Geometry>(mappings, isDefault: true);
            Add<Point>(mappings, isDefault: false);
            Add<LineString>(mappings, isDefault: false);
            Add<Polygon>(mappings, isDefault: false);
            Add<MultiPolygon>(mappings, isDefault: false);
            Add<MultiLineString>(mappings, isDefault: false);
            Add<GeometryCollection>(mappings, isDefault: false);
            return mappings;
        }

        private static void Add<T>(TypeInfoMappingCollection mappings, bool isDefault)
            where T : Geometry =>
            mappings.AddType<T>(
                "geometry",
                static (options, mapping, _) => mapping.CreateInfo(options, new Converter<T>()),
                isDefault);
    }

    private sealed class Converter<T> : PgStreamingConverter<T>
        where T : Geometry
    {
        // Read with the lattice's factory, so that what comes back has the precision model and SRID it went in with.
        private static readonly NtsGeometryServices Services = new(Lattice.PrecisionModel, Lattice.Srid);

        public override T Read(PgReader reader)
        {
            using var stream = reader.GetStream();
            return (T)new WKBReader(Services).Read(stream);
        }

        public override async ValueTask<T> ReadAsync(PgReader reader, CancellationToken cancellationToken = default)
        {
            var stream = reader.GetStream();
            await using (stream.ConfigureAwait(false))
            {
                var bytes = new byte[stream.Length];
                await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
                return (T)new WKBReader(Services).Read(bytes);
            }
        }

        public override Size GetSize(SizeContext context, T value, ref object? writeState)
        {
            var bytes = new WKBWriter(ByteOrder.LittleEndian, handleSRID: true).Write(value);
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
