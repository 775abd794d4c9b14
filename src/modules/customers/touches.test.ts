import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ordersApi } from '#modules/orders/api.ts'
import { everybody } from '#test/app.ts'
import { archive } from '#test/archive.ts'
import { api } from './api.ts'

const { app, call, create } = archive()

describe('touches (B-05, H-08)', () => {
  const touch = { channel: 'visit', direction: 'out', stage: 'before', summary: 'Showed the samples' } as const

  test('one note with need, opinion, next step, a colleague and a file', async () => {
    const { id } = await create({ name: 'Touched Tom' })
    const file = await call().addAttachment({ id, fileName: 'plan.svg', fileId: randomUUID() }, { file: '<svg onload="alert(1)"/>' })
    const logged = await call().logInteraction({
      id,
      ...touch,
      opinion: 'likes it',
      nextStep: 'send an offer',
      nextStepOn: '2026-01-09',
      needs: ['Smaller packs', 'smaller  PACKS.'],
      mentions: ['tester', 'colleague'],
      fileIds: [file.fileId],
    })
    expect(logged).toMatchObject({
      opinion: 'likes it',
      needs: [{ text: 'smaller  PACKS.' }],
      attachments: [{ name: 'plan.svg' }],
      mentions: ['colleague', 'tester'],
    })
    const response = await app().request(`/api/v1/customers/${id}/attachments/${file.fileId}`)
    expect(response.headers.get('content-disposition')).toContain('attachment')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-type')).not.toContain('svg')
    expect((await call().mentions({})).items[0]).toMatchObject({ customerName: 'Touched Tom', nextStep: 'send an offer' })
    const other = await create({ name: 'Somebody Else' })
    await expect(call().attachment({ id: other.id, fileId: file.fileId })).rejects.toMatchObject({ status: 404 })
  })

  test('a file is taken once, and only by whoever sent it', async () => {
    const { id } = await create({ name: 'Touched Tina' })
    const file = await call().addAttachment({ id, fileName: 'a.txt', fileId: randomUUID() }, { file: 'a' })
    const stranger = { ...everybody, id: 'stranger' }
    await expect(
      app()
        .as(api, stranger)
        .logInteraction({ id, ...touch, fileIds: [file.fileId] }),
    ).rejects.toMatchObject({ status: 404 })
    await call().logInteraction({ id, ...touch, fileIds: [file.fileId] })
    await expect(call().logInteraction({ id, ...touch, fileIds: [file.fileId] })).rejects.toMatchObject({ status: 404 })
  })

  test('a file that belongs elsewhere is taken back by whoever sent it, and is gone', async () => {
    const { id } = await create({ name: 'Touched Tess' })
    const file = await call().addAttachment({ id, fileName: 'contract.pdf', fileId: randomUUID() }, { file: 'somebody else’s' })
    const logged = await call().logInteraction({ id, ...touch, fileIds: [file.fileId] })
    const ids = { id, fileId: file.fileId }
    await expect(
      app()
        .as(api, { ...everybody, id: 'stranger' })
        .removeAttachment(ids),
    ).rejects.toMatchObject({ reason: 'not-yours' })
    await call().removeAttachment(ids)
    expect((await call().interaction({ id, interactionId: logged.id })).interaction.attachments).toEqual([])
    await expect(call().attachment(ids)).rejects.toMatchObject({ status: 404 })
    expect(await app().db.selectFrom('platform.file').select('id').where('id', '=', file.fileId).execute()).toEqual([])
    await expect(call().removeAttachment(ids)).rejects.toMatchObject({ status: 404 })
  })

  test('it is noted afterwards with its own time, never beforehand', async () => {
    const { id } = await create({ name: 'Touched Tara' })
    const yesterday = new Date(app().now.getTime() - 86_400_000)
    expect(await call().logInteraction({ id, ...touch, occurredAt: yesterday })).toMatchObject({ occurredAt: yesterday })
    const tomorrow = new Date(app().now.getTime() + 86_400_000)
    await expect(call().logInteraction({ id, ...touch, occurredAt: tomorrow })).rejects.toMatchObject({
      reason: 'not-yet',
      fields: [{ field: 'occurredAt' }],
    })
  })

  test('one’s own is corrected and withdrawn with its history; nobody else’s is', async () => {
    const { id } = await create({ name: 'Touched Tilda' })
    const logged = await call().logInteraction({ id, ...touch })
    const ids = { id, interactionId: logged.id }
    await expect(
      app()
        .as(api, { ...everybody, id: 'stranger' })
        .withdrawInteraction({ ...ids, version: 1 }),
    ).rejects.toMatchObject({
      reason: 'not-yours',
    })
    await call().changeInteraction({ ...ids, ...touch, version: 1, summary: 'Showed three samples' })
    await expect(call().changeInteraction({ ...ids, ...touch, version: 1 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    expect((await call().interactionCounts({ id })).channels).toMatchObject([{ channel: 'visit', touches: 1 }])
    await call().withdrawInteraction({ ...ids, version: 2 })
    expect((await call().interactionCounts({ id })).channels).toEqual([])
    expect((await call().interactions({ id })).items).toEqual([])
    const { before } = await call().interaction(ids)
    expect(before.map(({ content }) => content.summary)).toEqual(['Showed three samples', 'Showed the samples'])
    expect((await call().timeline({ id })).items[0]?.values).toEqual({ channel: 'visit', direction: 'out', withdrawn: true })
  })

  test('the timeline is narrowed by stage, module and person (M-04)', async () => {
    const { id } = await create({ name: 'Touched Theo' })
    await call().logInteraction({ id, ...touch })
    await app()
      .as(api, { ...everybody, id: 'colleague' })
      .logInteraction({ id, ...touch, stage: 'after', channel: 'survey' })
    const kinds = async (more: object) => (await call().timeline({ id, ...more })).items.map(({ values }) => values.channel)
    expect(await kinds({ by: 'colleague' })).toEqual(['survey'])
    expect(await kinds({ stage: 'before' })).toEqual(['visit'])
    expect(await kinds({ of: 'orders' })).toEqual([])
    expect(await kinds({ of: 'customers' })).toHaveLength(2)
    expect(await kinds({ of: 'customers.interaction' })).toHaveLength(2)
    expect(await kinds({ of: 'customers.interaction.visit' })).toEqual(['visit'])
    expect(await kinds({ of: 'customers.inter' })).toEqual([])
  })

  test('the timeline tells what was decided about the customer, too, and by whom', async () => {
    const { id } = await create({ name: 'Told Tim', email: 'tim@example.com' })
    const { id: otherId } = await create({ name: 'Told Timothy' })
    await call().logInteraction({ id, ...touch })
    await call().noteConsent({ id, purpose: 'marketing', channel: 'email', given: true, origin: 'phone', note: 'At the fair' })
    await call().noteConsent({ id, purpose: 'all', channel: 'all', given: false, origin: 'phone' })
    const { version } = await call().one({ id })
    await call().change({ id, version, values: { ownerId: 'tester' } })
    await call().merge({ id, otherId, version: version + 1, otherVersion: 1 })
    const told = async (more: object) =>
      (await call().timeline({ id, ...more })).items.map(({ kind, by, values: { purpose, summary, name, to } }) => [
        kind,
        by,
        purpose ?? name ?? to ?? summary,
      ])
    const decided = [
      ['customers.consented', 'tester', 'marketing'],
      ['customers.merged', 'tester', 'Told Timothy'],
      ['customers.owner', 'tester', 'tester'],
      ['customers.refused', 'tester', 'all'],
    ]
    expect((await told({})).toSorted()).toEqual([...decided, ['customers.interaction', 'tester', 'Showed the samples']].toSorted())
    for (const one of decided) expect(await told({ of: one[0] })).toEqual([one])
    expect(await told({ by: 'colleague' })).toEqual([])
    // Page by page it is the same.
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page = await call().timeline({ id, limit: 2, ...(cursor ? { cursor } : {}) })
      paged.push(...page.items.map((entry) => entry.id))
      cursor = page.next
    } while (cursor)
    expect(paged).toEqual((await call().timeline({ id })).items.map((entry) => entry.id))
  })

  test('templates are one’s own or everybody’s', async () => {
    const content = { channel: 'call', direction: 'out', stage: 'after', summary: 'Asked how it tastes', minutes: 5 } as const
    const own = await call().saveTouchTemplate({ name: 'Mine', version: 0, shared: false, content })
    await call().saveTouchTemplate({ name: 'Ours', version: 0, shared: true, content })
    const ours = { name: 'Ours', shared: true, content: { ...content, minutes: 7 } }
    await expect(call().saveTouchTemplate({ ...ours, version: 0 })).rejects.toMatchObject({ status: 409, reason: 'changed-meanwhile' })
    const after = await call().saveTouchTemplate({ ...ours, version: 1 })
    expect(after.version).toBe(2)
    await expect(call().removeTouchTemplate({ templateId: after.id, version: 1 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    const others = app().as(api, { ...everybody, id: 'colleague' })
    expect((await others.touchTemplates({})).items.map(({ name }) => name)).toEqual(['Ours'])
    await expect(others.removeTouchTemplate({ templateId: own.id, version: 1 })).rejects.toMatchObject({ status: 404 })
  })
})

describe('the needs register (A-04, B-05)', () => {
  test('what several customers want stands there once with how many; merged needs are one; offerings without a need are listed', async () => {
    const [a, b] = [await create({ name: 'Needing Nora' }), await create({ name: 'Needing Ned' })]
    const note = (id: string, need: string) =>
      call().logInteraction({ id, channel: 'call', direction: 'in', stage: 'after', summary: 'asked', needs: [need] })
    await note(a.id, 'Evening delivery')
    await note(b.id, 'evening delivery!')
    await note(b.id, 'Deliver after work')
    const register = async () => (await call().needs({})).items
    const evening = (await register()).find(({ text }) => text === 'Evening delivery')!
    expect(evening.customers).toBe(2)
    const late = (await register()).find(({ text }) => text === 'Deliver after work')!
    await expect(call().mergeNeed({ needId: evening.id, otherId: late.id, otherVersion: 2 })).rejects.toMatchObject({ status: 409 })
    await call().mergeNeed({ needId: evening.id, otherId: late.id, otherVersion: 1 })
    expect((await register()).map(({ id }) => id)).not.toContain(late.id)
    expect((await call().needCustomers({ needId: evening.id })).items).toHaveLength(3)
    // Whoever says it in the old words joins the one that stayed.
    await note(a.id, 'deliver after work')
    expect((await register()).find(({ id }) => id === evening.id)?.customers).toBe(2)
    // What was withdrawn, nobody has said.
    const nobody = await create({ name: 'Needing Nobody' })
    const mistaken = await note(nobody.id, 'evening delivery')
    expect((await register()).find(({ id }) => id === evening.id)?.customers).toBe(3)
    await call().withdrawInteraction({ id: nobody.id, interactionId: mistaken.id, version: 1 })
    expect((await register()).find(({ id }) => id === evening.id)?.customers).toBe(2)
    expect((await call().needCustomers({ needId: evening.id })).items.map(({ name }) => name)).not.toContain('Needing Nobody')
    const orders = app().as(ordersApi)
    for (const code of ['TEA', 'VAN']) await orders.saveProduct({ code, before: {} })
    await call().linkProduct({ needId: evening.id, productCode: 'VAN' })
    expect((await orders.products({ withoutNeed: true })).items.map(({ code }) => code)).toEqual(['TEA'])
    await call().unlinkProduct({ needId: evening.id, productCode: 'VAN' })
    expect((await orders.products({ withoutNeed: true })).items.map(({ code }) => code)).toEqual(['TEA', 'VAN'])
    await expect(call().changeNeed({ needId: evening.id, version: 9, text: 'x', category: null, state: 'open' })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
  })
})
