import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '../fixtures'

const root = join(import.meta.dirname, '../../..')
const data = process.env.GRIDMAP_E2E_DATA ?? ''
/** On every level; the whole number at full size. */
const days = process.env.GRIDMAP_PROVE === '1' ? 10 : 2

/**
 * What the tables themselves say of a day: the logs known when it was frozen, against the plan, item by item. Which grid
 * lies in which is told by the demonstration's nested codes (9, 12 and 15 digits), so that nothing of the service is used.
 */
const sql = `
  with known as (
    select coalesce((select frozen_at from frozen_day where campaign_id = :id and day = :'day'), 'infinity') as until
  ), code as (
    select grid_id, left(code, case :level when 1 then 9 when 2 then 12 else 15 end) as code from grid_version where to_generation is null
  ), planned as (
    select c.code, s.item, sum(s.quantity) as planned from schedule_entry s join code c using (grid_id) where campaign_id = :id group by 1, 2
  ), done as (
    select c.code, w.item, sum(w.quantity) as done from work_log w join code c using (grid_id), known
    where campaign_id = :id and day <= :'day' and recorded_at <= known.until group by 1, 2
  )
  select p.code, round(sum(i.weight * greatest(0, least(1, coalesce(d.done, 0) / p.planned))) / sum(i.weight), 6)
  from planned p left join done d using (code, item) join campaign_item i on i.campaign_id = :id and i.code = p.item
  where p.planned > 0 group by p.code order by p.code`

function ask(id: number, level: number, day: string): Record<string, number> {
  const text = execFileSync(
    'scripts/cluster.sh',
    ['psql', data, '-qAt', '-F', ' ', '-v', `id=${id}`, '-v', `level=${level}`, '-v', `day=${day}`],
    { cwd: root, input: sql, encoding: 'utf8' },
  )
  return Object.fromEntries(text.trim().split('\n').map((line) => line.split(' ')).map(([code = '', percent]) => [code, Number(percent)]))
}

test(`the map and the headline show what the tables hold, on every level, on ${days} days`, async ({ map, service }) => {
  test.skip(process.env.GRIDMAP_URL !== undefined && data === '', 'GRIDMAP_E2E_DATA names the folder of the service of GRIDMAP_URL')
  test.slow()
  const { id, from, today } = await service.campaign()
  const count = (Date.parse(today) - Date.parse(from)) / 86_400_000 + 1
  await map.open({ level: 1 })
  for (const level of [1, 2, 3]) {
    await map.chooseLevel(level)
    for (let i = 0; i < days; i++) {
      // Steps by a number without a common divisor with any likely count: spread, and never the same day twice.
      const index = (level * 17 + i * 37) % count
      const day = new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10)
      const known = ask(id, level, day)
      await map.slideTo(index)
      await expect
        .poll(async () => Object.fromEntries(Object.entries(await map.painted(level)).map(([code, { percent }]) => [code, percent])), { message: `level ${level}, ${day}` })
        .toEqual(known)
      const [whole = 0] = Object.values(ask(id, 1, day))
      expect(await map.done()).toBe(`${(whole * 100).toFixed(1)}%`)
    }
  }
})
