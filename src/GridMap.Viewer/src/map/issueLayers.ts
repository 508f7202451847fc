import type { LayerSpecification } from 'maplibre-gl'
import { labelFaces } from './labelText'
import { ground } from './palette'

/** The image of an issue on the map; useIssueMarks draws them under these names. */
export const markName = (state: string, overdue: boolean): string => `issue-${state}${overdue ? '-overdue' : ''}`

export const issueLayers: LayerSpecification[] = [
  {
    id: 'issue-clusters',
    type: 'circle',
    source: 'issues',
    filter: ['has', 'point_count'],
    paint: {
      'circle-color': '#ffffff',
      'circle-opacity': 0.94,
      'circle-radius': ['step', ['get', 'point_count'], 8.5, 10, 10, 100, 13, 1000, 17],
      // The ring tells that something in it is overdue, without opening it.
      'circle-stroke-color': ['case', ['>', ['get', 'overdue'], 0], ground.accent, '#5d646b'],
      'circle-stroke-width': ['case', ['>', ['get', 'overdue'], 0], 2, 1],
    },
  },
  {
    id: 'issue-cluster-count',
    type: 'symbol',
    source: 'issues',
    filter: ['has', 'point_count'],
    layout: { 'text-font': labelFaces, 'text-field': ['get', 'point_count_abbreviated'], 'text-size': 11, 'text-allow-overlap': true, 'text-padding': 4 },
    paint: { 'text-color': ['case', ['>', ['get', 'overdue'], 0], ground.accent, ground.label] },
  },
  {
    id: 'issue-points',
    type: 'symbol',
    source: 'issues',
    filter: ['!', ['has', 'point_count']],
    layout: {
      'icon-image': ['concat', 'issue-', ['get', 'state'], ['case', ['get', 'overdue'], '-overdue', '']],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.7, 15, 1],
      'icon-allow-overlap': true,
      'symbol-sort-key': ['case', ['get', 'overdue'], 1, 0],
    },
  },
]
