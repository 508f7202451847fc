import { useAddress } from '../address/useAddress'
import { api, take } from '../api/client'
import { useView, type Bbox } from '../map/useView'
import { openingDay } from './campaignDays'
import { useCampaigns } from './useCampaigns'
import { useProgress } from './useProgress'

/** From a page's table to a grid on the battle map, as it stood on the day that the table is of. */
export function useMapOpening(): (code: string, day?: string) => Promise<void> {
  const address = useAddress()
  const { campaign } = useCampaigns()
  const { choose } = useProgress()
  const { flyTo } = useView()
  return async (code, day) => {
    if (campaign.value) choose(day ?? openingDay(campaign.value))
    address.go({ panel: 'grid', grid: code, layer: null, survey: null, level: null, issue: null, at: null })
    // Without the place the grid is open all the same; only the map stays where it was.
    const grid = await take(api.GET('/api/v1/grids/{code}', { params: { path: { code } } })).catch(() => null)
    if (grid) flyTo({ bbox: grid.bbox as unknown as Bbox })
  }
}
