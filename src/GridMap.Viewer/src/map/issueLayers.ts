import type { LayerSpecification } from 'maplibre-gl'
import { strongText } from './labelText'
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
      'circle-color': '#39424b',
      'circle-opacity': 0.86,
      'circle-radius': ['step', ['get', 'point_count'], 11, 10, 13, 100, 16, 1000, 20],
      // The ring tells that something in it is overdue, without opening it.
      'circle-stroke-color': ['case', ['>', ['get', 'overdue'], 0], ground.accent, '#ffffff'],
      'circle-stroke-width': ['case', ['>', ['get', 'overdue'], 0], 2.5, 1.5],
    },
  },
  {
    id: 'issue-cluster-count',
    type: 'symbol',
    source: 'issues',
    filter: ['has', 'point_count'],
    layout: { ...strongText, 'text-field': ['get', 'point_count_abbreviated'], 'text-size': 11, 'text-allow-overlap': true, 'text-ignore-placement': true },
    paint: { 'text-color': '#ffffff' },
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
      'icon-ignore-placement': true,
      'symbol-sort-key': ['case', ['get', 'overdue'], 1, 0],
    },
  },
]
