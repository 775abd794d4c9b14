import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { api } from './api.ts'
import { inTree, wouldCircle } from './domain/departments.ts'
import { widestScope } from './domain.ts'
import { giveRoles, grantsOf } from './store/roles.ts'

describe('the tree of departments', () => {
  const parents = fc
    .array(fc.option(fc.nat(19)), { minLength: 1, maxLength: 20 })
    .map((list) => list.map((parent, i) => ({ id: String(i), parentId: parent === null || i === 0 ? null : String(parent % i) })))
  test('every department stands in it once, behind its parent and one step deeper', () =>
    fc.assert(
      fc.property(parents, (departments) => {
        const placed = inTree(departments.toReversed())
        expect(placed.map(({ department }) => department.id).toSorted()).toEqual(departments.map(({ id }) => id).toSorted())
        const depths = new Map<string | null, number>([[null, -1]])
        for (const { department, depth } of placed) {
          expect(depth).toBe(depths.get(department.parentId)! + 1)
          depths.set(department.id, depth)
        }
      }),
    ))
  test('a move makes a circle exactly when it goes below itself', () =>
    fc.assert(
      fc.property(parents, fc.nat(), fc.nat(), (departments, a, b) => {
        const of = new Map(departments.map(({ id, parentId }) => [id, parentId]))
        const [moved, target] = [String(a % departments.length), String(b % departments.length)]
        const above: string[] = []
        for (let at: string | null = target; at !== null; at = of.get(at) ?? null) above.push(at)
        expect(wouldCircle(moved, target, of)).toBe(above.includes(moved))
        expect(wouldCircle(moved, null, of)).toBe(false)
      }),
    ))
})

test('of several roles the widest scope counts', () => {
  expect(widestScope(undefined, 'own')).toBe('own')
  expect(widestScope('own', 'team')).toBe('team')
  expect(widestScope('all', 'team')).toBe('all')
})

describe('departments and teams', () => {
  let app: App
  beforeAll(async () => {
    app = await startApp()
  })
  afterAll(() => app.close())
  const organization = () => app.as(api)
  const person = async (name: string) => {
    const { id } = await colleague(app, name)
    await app.transaction(({ db }) => giveRoles(db, id, ['account-manager']))
    return id
  }
  const reachOf = async (id: string) => (await grantsOf(app.db, id)).permissions.get('customers.read')

  test('a role that reaches as far as the team sees the members of its teams; head and deputy see those of all teams below', async () => {
    const [head, deputy, ann, bob, cid] = [
      await person('Head'),
      await person('Deputy'),
      await person('Ann'),
      await person('Bob'),
      await person('Cid'),
    ]
    const top = await organization().createDepartment({
      name: 'Sales',
      parentId: null,
      headId: head,
      deputyIds: [deputy],
      calendarId: null,
    })
    const below = await organization().createDepartment({ name: 'North', parentId: top.id, headId: null, deputyIds: [], calendarId: null })
    await organization().createTeam({ name: 'One', departmentId: below.id, memberIds: [ann, bob] })
    await organization().createTeam({ name: 'Two', departmentId: top.id, memberIds: [cid] })
    expect(await reachOf(ann)).toBe('all')
    const { roles } = await organization().roles({})
    const permissions = roles.find(({ name }) => name === 'account-manager')!.permissions
    const narrowed = await organization().changeRolePermissions({
      role: 'account-manager',
      permissions: { ...permissions, 'customers.read': 'team', 'orders.read': 'own' },
    })
    expect(narrowed.permissions).toMatchObject({ 'customers.read': 'team', 'orders.read': 'own', 'customers.write': 'all' })
    const sorted = (...ids: string[]) => ids.toSorted()
    expect(await reachOf(ann)).toEqual(sorted(ann, bob))
    expect(await reachOf(cid)).toEqual([cid])
    expect(await reachOf(head)).toEqual(sorted(head, ann, bob, cid))
    expect(await reachOf(deputy)).toEqual(sorted(deputy, ann, bob, cid))
    expect((await grantsOf(app.db, ann)).permissions.get('orders.read')).toEqual([ann])
    await app.transaction(({ db }) => giveRoles(db, ann, ['account-manager', 'analyst']))
    expect(await reachOf(ann)).toBe('all')
    await expect(
      organization().changeRolePermissions({ role: 'agent', permissions: { 'organization.read': 'own' } }),
    ).rejects.toMatchObject({ reason: 'not-about-customers' })
  })

  test('names are taken once, nothing stands below itself, and what is in use stays', async () => {
    const a = await organization().createDepartment({ name: 'A', parentId: null, headId: null, deputyIds: [], calendarId: null })
    const b = await organization().createDepartment({ name: 'B', parentId: a.id, headId: null, deputyIds: [], calendarId: null })
    const rejected = (promise: Promise<unknown>, reason: string) => expect(promise).rejects.toMatchObject({ reason })
    await rejected(
      organization().createDepartment({ name: 'A', parentId: null, headId: null, deputyIds: [], calendarId: null }),
      'name-taken',
    )
    await rejected(organization().changeDepartment({ ...a, departmentId: a.id, parentId: b.id }), 'department-below-itself')
    await rejected(
      organization().createDepartment({ name: 'C', parentId: null, headId: crypto.randomUUID(), deputyIds: [], calendarId: null }),
      'no-such-user',
    )
    const team = await organization().createTeam({ name: 'T', departmentId: b.id, memberIds: [] })
    await rejected(organization().createTeam({ name: 'T', departmentId: b.id, memberIds: [] }), 'name-taken')
    await rejected(organization().removeDepartment({ departmentId: a.id }), 'department-in-use')
    await rejected(organization().removeDepartment({ departmentId: b.id }), 'department-in-use')
    await organization().removeTeam({ teamId: team.id })
    await organization().removeDepartment({ departmentId: b.id })
    await organization().removeDepartment({ departmentId: a.id })
    await rejected(organization().removeDepartment({ departmentId: a.id }), 'no-such-department')
  })

  test('two who change the same at once: the second is told, nothing is overwritten', async () => {
    const made = await organization().createDepartment({ name: 'Twice', parentId: null, headId: null, deputyIds: [], calendarId: null })
    const first = await organization().changeDepartment({ ...made, departmentId: made.id, name: 'First' })
    expect(first.version).toBe(2)
    await expect(organization().changeDepartment({ ...made, departmentId: made.id, name: 'Second' })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
    const { departments } = await organization().departments({})
    expect(departments.find(({ id }) => id === made.id)).toEqual(first)
  })

  test('what staff can do is written whole, with its version', async () => {
    const id = await person('Skilled')
    const file = {
      title: 'Buyer',
      valueRole: 'Finds what customers ask for',
      experience: 4,
      skills: { attitude: 5 },
      traits: { driven: 3 },
    }
    const written = await organization().changeStaff({ userId: id, version: 0, ...file })
    expect(written).toMatchObject({ ...file, userId: id, name: 'Skilled', version: 1 })
    await expect(organization().changeStaff({ userId: id, version: 0, ...file })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    const { items } = await organization().staff({ limit: 200 })
    expect(items.find(({ userId }) => userId === id)).toEqual(written)
  })
  test('nobody gives more than they hold, nor takes over an account that may do more, nor does a key any of it', async () => {
    const [helper, boss] = [await person('Helper'), await person('Boss')]
    await app.transaction(({ db }) => giveRoles(db, boss, ['administrator']))
    const actor: Actor = {
      kind: 'person',
      id: helper,
      name: 'Helper',
      roles: [],
      can: (permission) => permission.startsWith('organization.'),
      reach: () => 'all',
    }
    const limited = app.as(api, actor)
    const rejected = (promise: Promise<unknown>, reason: string) => expect(promise).rejects.toMatchObject({ reason })
    await rejected(limited.changeUserRoles({ userId: helper, roles: ['administrator'] }), 'beyond-own-rights')
    await rejected(limited.replaceUserPassword({ userId: boss, by: 'password' }), 'beyond-own-rights')
    await rejected(limited.resetSecondFactor({ userId: boss }), 'beyond-own-rights')
    await rejected(limited.invite({ email: 'new@example.com', roles: ['administrator'] }), 'beyond-own-rights')
    const key = app.as(api, { ...actor, can: () => true, through: { kind: 'key', id: 'k' } })
    await rejected(key.replaceUserPassword({ userId: boss, by: 'password' }), 'not-by-key')
    await rejected(key.changeUserRoles({ userId: helper, roles: [] }), 'not-by-key')
  })
})
