import { addProtocol } from 'maplibre-gl'
import { Protocol } from 'pmtiles'

/** MapLibre reads `pmtiles://…` by range requests from now on. Loaded, and so registered, once, when the first such base map is chosen. */
const protocol = new Protocol()
addProtocol('pmtiles', (request, abort) => protocol.tilev4(request, abort) as ReturnType<Parameters<typeof addProtocol>[1]>)
