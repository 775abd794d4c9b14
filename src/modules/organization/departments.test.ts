import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { api } from './api.ts'
import { inTree, wouldCircle } from './domain/departments.ts'
import { type Scope, widestScope } from './domain.ts'
import { giveRoles, grantsOf, setPermissions } from './store/roles.ts'

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
    const narrowed = await organization().changeRolePermissions({
      before: { 'account-manager': { 'customers.read': 'all', 'orders.read': 'all' } },
      after: { 'account-manager': { 'customers.read': 'team', 'orders.read': 'own' } },
    })
    expect(narrowed.roles[0]!.permissions).toMatchObject({ 'customers.read': 'team', 'orders.read': 'own', 'customers.write': 'all' })
    const sorted = (...ids: string[]) => ids.toSorted()
    expect(await reachOf(ann)).toEqual(sorted(ann, bob))
    expect(await reachOf(cid)).toEqual([cid])
    expect(await reachOf(head)).toEqual(sorted(head, ann, bob, cid))
    expect(await reachOf(deputy)).toEqual(sorted(deputy, ann, bob, cid))
    expect((await grantsOf(app.db, ann)).permissions.get('orders.read')).toEqual([ann])
    await app.transaction(({ db }) => giveRoles(db, ann, ['account-manager', 'analyst']))
    expect(await reachOf(ann)).toBe('all')
    await expect(
      organization().changeRolePermissions({
        before: { agent: { 'organization.read': 'all' } },
        after: { agent: { 'organization.read': 'own' } },
      }),
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
    await rejected(organization().removeDepartment({ departmentId: a.id, version: 1 }), 'department-in-use')
    await rejected(organization().removeDepartment({ departmentId: b.id, version: 1 }), 'department-in-use')
    await rejected(organization().removeTeam({ teamId: team.id, version: 2 }), 'changed-meanwhile')
    await organization().removeTeam({ teamId: team.id, version: 1 })
    await organization().removeDepartment({ departmentId: b.id, version: 1 })
    await organization().removeDepartment({ departmentId: a.id, version: 1 })
    await rejected(organization().removeDepartment({ departmentId: a.id, version: 1 }), 'no-such-department')
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
      languages: ['en', 'zh-TW'] as ('en' | 'zh-TW')[],
      fields: ['Freight', '茶'],
    }
    const written = await organization().changeStaff({ userId: id, version: 0, ...file })
    expect(written).toMatchObject({ ...file, userId: id, name: 'Skilled', version: 1 })
    await expect(organization().changeStaff({ userId: id, version: 0, ...file })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    const { items } = await organization().staff({ limit: 200 })
    expect(items.find(({ userId }) => userId === id)).toEqual(written)
  })
  describe('nobody gives more than they hold', () => {
    const rejected = (promise: Promise<unknown>, reason: string) => expect(promise).rejects.toMatchObject({ reason })
    let [helper, boss] = ['', '']
    let actor: Actor
    let scoped: ReadonlySet<string>
    beforeAll(async () => {
      helper = await person('Helper')
      boss = await person('Boss')
      await app.transaction(({ db }) => giveRoles(db, boss, ['administrator']))
      scoped = new Set((await organization().roles({})).permissions.flatMap((one) => (one.scoped ? one.name : [])))
      const can = (permission: string) => permission.startsWith('organization.')
      actor = { kind: 'person', id: helper, name: 'Helper', roles: [], can, reach: (one) => (can(one) ? 'all' : []) }
    })
    const limited = () => app.as(api, actor)
    /** Holds everything, and reaches their own customers and those of these others. */
    const reaching = (...others: string[]) =>
      app.as(api, {
        ...actor,
        id: helper,
        name: `Reaching ${others.length}`,
        can: () => true,
        reach: (one) => (scoped.has(one) ? [helper, ...others] : 'all'),
      })
    const key = () => app.as(api, { ...actor, id: boss, can: () => true, reach: () => 'all', through: { kind: 'key', id: 'k' } })

    test('nor takes over an account that may do more, closes it, or ends its sessions and keys', async () => {
      await rejected(limited().changeUserRoles({ userId: helper, before: [], roles: ['administrator'] }), 'beyond-own-rights')
      await rejected(limited().replaceUserPassword({ userId: boss, by: 'password' }), 'beyond-own-rights')
      await rejected(limited().resetSecondFactor({ userId: boss }), 'beyond-own-rights')
      await rejected(limited().invite({ email: 'new@example.com', roles: ['administrator'] }), 'beyond-own-rights')
      await rejected(limited().changeUserAccess({ userId: boss, enabled: false }), 'beyond-own-rights')
      await rejected(limited().endSessionsOfUser({ userId: boss }), 'beyond-own-rights')
      await rejected(limited().endSessionOfUser({ userId: boss, sessionId: crypto.randomUUID() }), 'beyond-own-rights')
      const asBoss = app.as(api, { ...actor, id: boss, name: 'Boss', can: () => true, reach: () => 'all' })
      const made = { name: 'Boss’s', permissions: ['organization.read'], expiresAt: null, forService: false }
      const { id } = await asBoss.makeKey(made)
      await rejected(limited().revokeKey({ keyId: id }), 'beyond-own-rights')
      expect((await asBoss.ownKeys({})).items.find((one) => one.id === id)).toMatchObject({ name: 'Boss’s' })
      await asBoss.revokeKey({ keyId: id })
    })

    test('nor renews or takes back an invitation to more', async () => {
      const { invitation } = await organization().invite({ email: 'chief@example.com', roles: ['administrator'] })
      await rejected(limited().renewInvitation({ invitationId: invitation.id }), 'beyond-own-rights')
      await rejected(limited().revokeInvitation({ invitationId: invitation.id }), 'beyond-own-rights')
      await rejected(key().renewInvitation({ invitationId: invitation.id }), 'not-by-key')
      expect((await organization().renewInvitation({ invitationId: invitation.id })).link).not.toBeNull()
    })

    test('nor writes into a role what they do not hold, or takes it from one', async () => {
      const { roles } = await organization().roles({})
      const { permissions } = roles.find(({ name }) => name === 'agent')!
      const agent = (changed: Readonly<Record<string, 'all' | null>>, seen: Readonly<Record<string, Scope>> = permissions) => ({
        before: { agent: Object.fromEntries(Object.keys(changed).map((one) => [one, seen[one] ?? null] as const)) },
        after: { agent: changed },
      })
      await rejected(limited().changeRolePermissions(agent({ 'orders.intake': 'all' })), 'beyond-own-rights')
      await rejected(limited().changeRolePermissions(agent({ 'customers.read': null })), 'beyond-own-rights')
      await rejected(key().changeRolePermissions(agent({})), 'not-by-key')
      const more = await limited().changeRolePermissions(agent({ 'organization.audit': 'all' }))
      expect(more.roles[0]!.permissions).toMatchObject({ 'organization.audit': 'all' })
      await limited().changeRolePermissions(agent({ 'organization.audit': null }, { 'organization.audit': 'all' }))
    })

    test('nor lets anybody reach further than they do: by a role, an account, what a role holds, or a place in a team', async () => {
      const { roles } = await organization().roles({})
      const { permissions } = roles.find(({ name }) => name === 'supervisor')!
      const narrow = Object.fromEntries(Object.keys(permissions).map((one) => [one, scoped.has(one) ? 'own' : 'all'] as const))
      const supervisor = (scope: 'team' | 'all') => ({
        before: { supervisor: { 'customers.read': 'own' as const } },
        after: { supervisor: { 'customers.read': scope } },
      })
      await rejected(reaching().changeUserRoles({ userId: helper, before: [], roles: ['supervisor'] }), 'beyond-own-reach')
      const [far, near] = [await person('Far'), await person('Near')]
      await app.transaction(({ db }) => setPermissions(db, 'supervisor', new Map(Object.entries(narrow))))
      for (const id of [far, near, helper]) await app.transaction(({ db }) => giveRoles(db, id, ['supervisor']))
      await reaching().changeUserRoles({ userId: far, before: ['supervisor'], roles: ['supervisor'] })
      await rejected(reaching().changeRolePermissions(supervisor('team')), 'beyond-own-reach')
      await rejected(reaching(near).changeRolePermissions(supervisor('all')), 'beyond-own-reach')
      await reaching(near).changeRolePermissions(supervisor('team'))
      await rejected(reaching().invite({ email: 'wide@example.com', roles: ['supervisor'] }), 'beyond-own-reach')
      await rejected(reaching().replaceUserPassword({ userId: far, by: 'password' }), 'beyond-own-reach')

      const place = { parentId: null, headId: null, deputyIds: [], calendarId: null }
      const department = await organization().createDepartment({ ...place, name: 'Reaches' })
      await organization().createTeam({ name: 'Far away', departmentId: department.id, memberIds: [far] })
      const led = { ...department, departmentId: department.id }
      await rejected(reaching(near).changeDepartment({ ...led, headId: helper }), 'beyond-own-reach')
      await rejected(reaching(near).changeDepartment({ ...led, deputyIds: [near] }), 'beyond-own-reach')
      await rejected(reaching(near).createTeam({ name: 'Both', departmentId: department.id, memberIds: [near, far] }), 'beyond-own-reach')
      expect(await reachOf(helper)).toEqual([helper])
      await reaching(near).createTeam({ name: 'Near by', departmentId: department.id, memberIds: [near, helper] })
      expect(await reachOf(helper)).toEqual([helper, near].toSorted())
      await organization().changeDepartment({ ...led, headId: helper })
      expect(await reachOf(helper)).toContain(far)
    })

    test('nor decides by whom people are let in, or which roles need a second factor, beyond that', async () => {
      const provider = {
        ...{ enabled: true, name: '', issuer: 'https://id.example.com', clientId: 'patron', domains: ['example.com'] },
        ...{ createsUsers: true, role: 'administrator', ownNetwork: false },
      }
      const [signOn, factor] = ['organization.single-sign-on', 'organization.second-factor']
      const set = (as: ReturnType<typeof limited>, key: string, value: object, version = 0) => as.changeSetting({ key, value, version })
      await rejected(set(limited(), signOn, provider), 'beyond-own-rights')
      await rejected(set(key(), signOn, { ...provider, createsUsers: false }), 'not-by-key')
      await rejected(key().setSingleSignOnSecret({ secret: 'mine' }), 'not-by-key')
      expect((await set(limited(), signOn, { ...provider, createsUsers: false })).version).toBe(1)
      await set(organization(), signOn, provider, 1)
      await rejected(set(limited(), signOn, { ...provider, issuer: 'https://evil.example.com' }, 2), 'beyond-own-rights')
      await rejected(limited().setSingleSignOnSecret({ secret: 'mine' }), 'beyond-own-rights')
      await set(organization(), factor, { roles: ['administrator'] })
      await rejected(set(limited(), factor, { roles: [] }, 1), 'beyond-own-rights')
      await rejected(set(limited(), factor, { roles: ['administrator', 'agent'] }, 1), 'beyond-own-rights')
      await rejected(set(key(), factor, { roles: [] }, 1), 'not-by-key')
      await set(organization(), factor, { roles: [] }, 1)
    })

    test('nor does a key any of what opens the house; it may close it to somebody', async () => {
      await rejected(key().replaceUserPassword({ userId: boss, by: 'password' }), 'not-by-key')
      await rejected(key().changeUserRoles({ userId: helper, before: [], roles: [] }), 'not-by-key')
      const left = await person('Left')
      expect(await key().changeUserAccess({ userId: left, enabled: false })).toMatchObject({ enabled: false })
      await rejected(key().changeUserAccess({ userId: left, enabled: true }), 'not-by-key')
    })
  })
})
