import { describe, expect, test } from 'vitest'
import { archive } from '#test/archive.ts'

const { call, create } = archive()

describe('people and competitors around a customer (B-02)', () => {
  test('who changes what somebody else has changed meanwhile is told so, and what is left out stays', async () => {
    const { id } = await create({ name: 'Surrounded Sue' })
    const made = await call().addKeyPerson({
      id,
      name: 'Ms Okafor',
      role: 'buyer',
      phone: '13800138011',
      birthday: '1980-02-03',
      note: 'tea',
    })
    expect(made.version).toBe(1)
    const changed = await call().changeKeyPerson({ id, personId: made.id, version: 1, role: 'director', note: null })
    expect(changed).toEqual({ ...made, version: 2, role: 'director', note: null })
    await expect(call().changeKeyPerson({ id, personId: made.id, version: 1, phone: null })).rejects.toMatchObject({
      status: 409,
      reason: 'changed-meanwhile',
    })
    expect((await call().one({ id })).keyPersons).toEqual([changed])
    await expect(call().removeKeyPerson({ id, personId: made.id, version: 1 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })

    const rival = await call().addUsedCompetitor({ id, name: 'Rival & Co', sharePercent: 30, note: 'cheaper' })
    const after = await call().changeUsedCompetitor({ id, competitorId: rival.id, version: 1, sharePercent: 40 })
    expect(after).toEqual({ ...rival, version: 2, sharePercent: 40 })
    await expect(call().changeUsedCompetitor({ id, competitorId: rival.id, version: 1, note: null })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
    expect((await call().one({ id })).usedCompetitors).toEqual([after])
    // The history tells what was known, not how often it was written.
    const { items } = await call().changes({ id })
    const known = items.filter(({ field }) => field === 'usedCompetitor').map((one) => JSON.stringify(one.after))
    expect(known.toSorted()).toEqual([
      JSON.stringify({ name: 'Rival & Co', note: 'cheaper', sharePercent: 30 }),
      JSON.stringify({ name: 'Rival & Co', note: 'cheaper', sharePercent: 40 }),
    ])
  })

  test('how the main address is used is nobody’s to overwrite unseen, also where a preference moved away from it (B-07)', async () => {
    const { id } = await create({ name: 'Reached Ron', email: 'ron@example.com' })
    const main = async () => (await call().contactPoints({ id })).items.find((way) => way.id === null)!
    const meanwhile = { status: 409, reason: 'changed-meanwhile' }
    await call().useMainContact({ id, kind: 'email', version: 0, label: 'work', preferred: true })
    await expect(call().useMainContact({ id, kind: 'email', version: 0, label: 'home' })).rejects.toMatchObject(meanwhile)
    expect(await main()).toMatchObject({ label: 'work', preferred: true, version: 1 })
    const other = await call().addContactPoint({ id, kind: 'email', value: 'other@example.com', preferred: true })
    expect(await main()).toMatchObject({ preferred: false, version: 2 })
    await expect(call().useMainContact({ id, kind: 'email', version: 1, preferred: true })).rejects.toMatchObject(meanwhile)
    await expect(call().removeContactPoint({ id, pointId: other.id!, version: 2 })).rejects.toMatchObject(meanwhile)
    await call().removeContactPoint({ id, pointId: other.id!, version: 1 })
  })
})
