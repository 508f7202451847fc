import gcoord from 'gcoord'
import proj4 from 'proj4'

/** The three-degree Gauss-Kruger zone of a longitude, and its central meridian. */
export function zoneOf(lon: number): { zone: number; meridian: number } {
  const zone = Math.floor((lon + 1.5) / 3)
  return { zone, meridian: zone * 3 }
}

/** The same place as the field writes it: on CGCS2000 (as on WGS84), as Chinese phone maps have it, and on the survey's plane. For reading only. */
export function inSystems({ lon, lat }: { lon: number; lat: number }): { geographic: string; gcj02: string; plane: string } {
  const [lonGcj = 0, latGcj = 0] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02)
  const { zone, meridian } = zoneOf(lon)
  const [east = 0, north = 0] = proj4(`+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m`, [lon, lat])
  return {
    geographic: `${lon.toFixed(7)}, ${lat.toFixed(7)}`,
    gcj02: `${lonGcj.toFixed(6)}, ${latGcj.toFixed(6)}`,
    plane: `${zone}: ${east.toFixed(2)} E, ${north.toFixed(2)} N`,
  }
}
