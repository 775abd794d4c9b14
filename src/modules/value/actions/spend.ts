import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { valueApi } from '../api.ts'
import { dayNumber, dayText } from '../domain/as-of.ts'
import type { Pyramid } from '../domain/pyramid.ts'
import { spendContribution } from '../domain/spend-contribution.ts'
import { dayIn } from '../runs/wishes.ts'
import { deleteSpend, insertSpend, listSpend, spendBySegment, spendVersion, updateSpend } from '../store/spend.ts'
import { summaryPart } from '../store/valuations.ts'

type Names = 'listSpend' | 'addSpend' | 'changeSpend' | 'removeSpend' | 'spendContribution'

export const spend: Pick<Actions<typeof valueApi>, Names> = {
  async listSpend({ db }, { cursor, limit }) {
    const size = limit ?? defaultPageSize
    const rows = await listSpend(db, cursor ? placeOf(cursor, ['day', 'uuid']) : null, size + 1)
    const items = rows.slice(0, size)
    const last = items.at(-1)
    return { items, next: rows.length > size && last ? cursorOf([last.firstDay, last.id]) : null }
  },

  async addSpend({ db, now, actor, newId }, input) {
    ordered(input)
    const row = { ...input, id: newId(), source: 'hand', version: 1 }
    await insertSpend(db, row, { actor: actor.id, now })
    return row
  },

  async changeSpend({ db, now }, { id, version, ...change }) {
    ordered(change)
    await newestSpend(db, id, version)
    return updateSpend(db, id, change, now)
  },

  async removeSpend({ db }, { id, version }) {
    await newestSpend(db, id, version)
    await deleteSpend(db, id)
    return {}
  },

  /** Sales are those of the latest valuation's book; spend is that of the year up to its as-of day unless asked otherwise. */
  async spendContribution({ db, now }, { by, from, to }) {
    const found = await summaryPart(db, 'overview')
    if (!found) return { valuation: null, part: null }
    const { timeZone } = await readSetting(db, organizationProfile)
    const end = to ?? found.head.asOf ?? dayText(dayIn(timeZone, now))
    const begin = from ?? dayText(dayNumber(end) - 364)
    if (begin > end) throw disordered('to')
    const { tiers, segments } = found.part as Pyramid
    const groups = by === 'tier' ? tiers.map(({ tier, ...row }) => ({ segment: tier as string, ...row })) : segments
    const spent = await spendBySegment(db, begin, end)
    const names = new Set<string>(groups.map((group) => group.segment))
    const of = new Map(spent.map((row) => [row.segment, row.amountMinor]))
    const inputs = groups.map((group) => ({
      segment: group.segment,
      customers: group.customers,
      spend: of.get(group.segment) ?? 0,
      sales: group.revenueMinor,
    }))
    const report = spendContribution(inputs)
    const sum = (rows: readonly { amountMinor: number }[]) => rows.reduce((total, row) => total + row.amountMinor, 0)
    return {
      valuation: found.head,
      part: {
        from: begin,
        to: end,
        totalMinor: sum(spent),
        unassignedMinor: sum(spent.filter((row) => row.segment === null || !names.has(row.segment))),
        segments: report.segments.map(({ proportionalSpend, ...row }, i) => ({
          ...row,
          customers: inputs[i]!.customers,
          spendMinor: inputs[i]!.spend,
          salesMinor: inputs[i]!.sales,
          proportionalSpendMinor: proportionalSpend,
        })),
        misallocated: report.misallocated,
        correlation: report.correlation,
      },
    }
  },
}

/** Nobody else writes the entry until this transaction ends; refused unless it is still what the caller saw. */
async function newestSpend(db: Db, id: string, version: number): Promise<void> {
  const present = await spendVersion(db, id)
  if (present === undefined) throw refuse('missing', 'no-such-spend', 'There is no such entry of spend')
  if (present !== version) throw changedMeanwhile('this spend')
}

function ordered({ firstDay, lastDay }: { firstDay: string; lastDay: string }): void {
  if (firstDay > lastDay) throw disordered('lastDay')
}

const disordered = (field: string) =>
  refuse('invalid', 'period-disordered', 'The period ends before it begins', {
    fields: [{ field, reason: 'period-disordered', detail: 'Choose a day that is not before the first one' }],
  })
