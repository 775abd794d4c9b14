import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { relationEndpoints } from '../api/relations.ts'
import { type RelationProblem, type RelationSide, relationProblem } from '../domain/relation.ts'
import { relationChanged } from '../facts.ts'
import { figuresOfMany } from '../store/book.ts'
import { customersWithin, touchArchives } from '../store/lookups.ts'
import { aroundRelation, deleteRelation, insertRelation, listRelations, lockRelations } from '../store/relations.ts'
import { archiveOf } from './archive.ts'
import { withFiguresOf } from './figures.ts'

export const relationActions: Actions<typeof relationEndpoints> = {
  async relations(context, { id }) {
    const { db, reach } = context
    await archiveOf(context, id)
    const relations = await listRelations(db, id)
    const others = [...new Set(relations.map(({ otherId }) => otherId))]
    const seen = await customersWithin(db, others, reach)
    const valued = await withFiguresOf(context, [...seen])
    const figures = await figuresOfMany(db, [...valued])
    const boughtBy = (otherId: string) => {
      if (!valued.has(otherId)) return { orders: null, revenueMinor: null, profitMinor: null, valuedOn: null }
      const { orders = 0, revenueMinor = 0, profitMinor = 0, valuedOn = null } = figures.get(otherId) ?? {}
      return { orders, revenueMinor, profitMinor, valuedOn }
    }
    const referred = relations
      .filter(({ kind, side, otherId }) => kind === 'referrer' && side === 'first' && seen.has(otherId))
      .map(({ otherId }) => boughtBy(otherId))
    // A sum over some of them would be taken for one over all.
    const sum = (amount: 'revenueMinor' | 'profitMinor') =>
      referred.reduce<number | null>((total, one) => (total === null || one[amount] === null ? null : total + one[amount]), 0)
    return {
      items: relations.map(({ id: relationId, kind, side, note, otherId, otherName, otherCity }) => ({
        id: relationId,
        kind,
        side,
        note,
        other: seen.has(otherId) ? { id: otherId, name: otherName, city: otherCity, figures: boughtBy(otherId) } : null,
      })),
      referred: { customers: referred.length, revenueMinor: sum('revenueMinor'), profitMinor: sum('profitMinor') },
    }
  },

  async relate(context, { id, otherId, kind, side, note }) {
    const { db, now, newId, actor, publish } = context
    const archive = await archiveOf(context, id, { lock: true })
    const other = await archiveOf(context, otherId)
    await lockRelations(db)
    const [first, second] = side === 'first' ? [archive, other] : [other, archive]
    const problem = relationProblem({ kind, first: first.id, second: second.id, ...(await aroundRelation(db, kind, first.id, second.id)) })
    if (problem) throw refuse('conflict', problem, sentences[problem])
    const relation = { id: newId(), kind, first: first.id, second: second.id, note: note || null }
    const change = (as: RelationSide) => ({ id: newId(), field: 'relation', before: null, after: said(kind, as) })
    await insertRelation(db, relation, { first: change('first'), second: change('second') }, actor.id, now)
    await touchArchives(db, [id], now)
    await publish(relationChanged, { customerId: id, otherId, kind, related: true })
    return {}
  },

  async unrelate(context, { id, relationId }) {
    const { db, now, newId, actor, publish } = context
    const archive = await archiveOf(context, id, { lock: true })
    const relation = (await listRelations(db, id)).find((one) => one.id === relationId)
    if (!relation) throw refuse('missing', 'no-such-relation', 'There is no such relation')
    await lockRelations(db)
    const other = await archiveOf(context, relation.otherId)
    const [first, second] = relation.side === 'first' ? [archive, other] : [other, archive]
    const change = (as: RelationSide) => ({ id: newId(), field: 'relation', before: said(relation.kind, as), after: null })
    const changes = { first: change('first'), second: change('second') }
    await deleteRelation(db, { id: relationId, first: first.id, second: second.id }, changes, actor.id, now)
    await touchArchives(db, [id], now)
    await publish(relationChanged, { customerId: id, otherId: relation.otherId, kind: relation.kind, related: false })
    return {}
  },
}

/** What a history keeps of a relation: what it is, not to whom. The history of one must not name another, who may be beyond reach or be erased. */
const said = (kind: string, side: RelationSide) => ({ kind, side })

const sentences: Readonly<Record<RelationProblem, string>> = {
  oneself: 'Nobody is related to themselves',
  'already-related': 'The two are related in this way already',
  'has-one-already': 'There is one already; take that relation back first',
  'goes-in-a-circle': 'That would go in a circle',
}
