import { expect, test } from 'vitest'
import { sideways } from './crawl.ts'
import type { Stage, Visit } from './product.ts'
import { accessible, figure, listed, pick, read, section, still } from './seen.ts'

interface Owed {
  readonly title: string
  readonly customer: { readonly id: string; readonly name: string } | null
}

/** Who stands behind the counter has a phone in the hand and a customer in front of them. */
export function agentsMorning(stage: () => Stage): void {
  test('客服的早晨：在手机上办完待办、查到客户、记下来电（简体中文，390 像素）', async () => {
    const visit = await stage().visit({ as: 'agent', language: 'zh-CN', width: 390 })
    const { page } = visit
    await visit.open('/')
    await page.getByRole('button', { name: '打开导航' }).click()
    await page.locator('.side-drawer').getByRole('link', { name: '我的一天' }).click()
    await arrived(visit, '我的一天')

    const owed = await listed<Owed>(page, 'commitments')
    const call = owed.find(({ title }) => title === 'Call back about the dented tin')
    const who = call?.customer
    if (!who) throw new Error('The demo company owes nobody a call')
    const today = section(page, '今天和逾期的')
    await today.getByRole('button', { name: '完成: Answer the question about storage' }).click()
    await today.getByRole('link', { name: 'Answer the question about storage' }).waitFor({ state: 'detached' })
    await fits(visit)

    await find(visit, who)
    await readCard(visit, who.id)
    await logCall(visit, who.id)
    await keepPromise(visit, who.id)

    // The call itself is done from the list: what came out of it stands in the archive.
    const commitments = section(page, '约定')
    await commitments.getByRole('button', { name: `完成: ${call.title}` }).click()
    const dialog = page.getByRole('dialog', { name: '结果如何？' })
    await dialog.getByLabel('结果').fill('换一罐新的，周五寄出')
    await fits(visit)
    await dialog.getByRole('button', { name: '完成' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await section(page, '时间线').locator('li').filter({ hasText: '换一罐新的，周五寄出' }).waitFor()
    await fits(visit)

    await page.getByRole('button', { name: '打开导航' }).click()
    await page.locator('.side-drawer').getByRole('link', { name: '我的一天' }).click()
    await arrived(visit, '我的一天')
    const left = await section(page, '今天和逾期的').locator('.owed-link').allInnerTexts()
    expect(left.filter((title) => [call.title, 'Answer the question about storage', promise].includes(title))).toEqual([])
    expect((await listed<Owed>(page, 'commitments')).map(({ title }) => title)).not.toContain(call.title)
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}

const promise = '周五前寄出新茶样'

async function arrived(visit: Visit, title: string): Promise<void> {
  await visit.page.getByRole('heading', { level: 1, name: title }).waitFor()
  await visit.settle()
  await fits(visit)
}

/** Nothing of what is open at this moment is wider than the phone. */
const fits = async ({ page }: Visit): Promise<void> => expect(await sideways(page), page.url()).toEqual([])

async function find(visit: Visit, { id, name }: { readonly id: string; readonly name: string }): Promise<void> {
  const { page } = visit
  await page.getByRole('button', { name: '搜索或执行' }).click()
  await page.getByRole('combobox', { name: '搜索或执行' }).fill(name)
  await page.getByRole('option', { name }).first().waitFor()
  await fits(visit)
  await page.getByRole('option', { name }).first().click()
  await page.waitForURL(`**/customers/${id}`)
  await arrived(visit, name)
}

async function readCard(visit: Visit, id: string): Promise<void> {
  const { page } = visit
  const answer = await page.request.get(`/api/v1/customers/${id}`)
  const { values } = (await answer.json()) as { values: { phone: string | null; city: string | null } }
  await section(page, '约定').getByRole('button', { name: '客户联系卡' }).click()
  await page.waitForURL(`**/customers/${id}/card`)
  await visit.settle()
  await fits(visit)
  const card = page.getByRole('article', { name: '客户联系卡' })
  expect(await read(figure(card, '地址'))).toContain(values.city)
  if (values.phone) expect(await figure(card, '电话').getByRole('link').getAttribute('href')).toMatch(/^tel:\+?\d+$/)
  await card.getByText('Call back about the dented tin').waitFor()
  await accessible(visit, '.contact-card')
  await page.getByRole('link', { name: '查看档案' }).click()
  await page.waitForURL(`**/customers/${id}`)
  await visit.settle()
}

/** What was said, what is needed and what comes next; that it was a call, and by whom, is there already. */
async function logCall(visit: Visit, id: string): Promise<void> {
  const { page } = visit
  const line = section(page, '时间线')
  const begun = Date.now()
  await line.getByRole('button', { name: '记录一次接触' }).click()
  const dialog = page.getByRole('dialog', { name: '记录一次接触' })
  // While it opens, the focus still moves to its first field.
  await dialog.waitFor()
  await still(page)
  await dialog.getByLabel('事由').fill('来电：上次的罐子有凹痕')
  await dialog.getByLabel('听到的需求').fill('小罐装')
  await dialog.getByLabel('听到的需求').press('Enter')
  await dialog.getByLabel(/^下一步(?!日期)/).fill('寄小罐样品')
  await dialog.getByLabel('下一步日期').fill(dayAfter(3))
  await fits(visit)
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const entry = line.locator('li').filter({ hasText: '来电：上次的罐子有凹痕' })
  await entry.waitFor()
  // On a machine that is busy with other things, too.
  expect(Date.now() - begun).toBeLessThan(20_000)
  expect(await read(entry)).toMatch(/电话[\s\S]*下一步：寄小罐样品[\s\S]*Ben Carver/)
  await entry.getByRole('button', { name: '详情' }).click()
  await entry.getByText('小罐装', { exact: true }).waitFor()
  await fits(visit)
  const [touch] = await listed<{ summary: string; channel: string }>(page, `customers/${id}/interactions?limit=1`)
  expect(touch).toMatchObject({ channel: 'call', summary: '来电：上次的罐子有凹痕' })
  const needs = await listed<{ text: string; customers: number }>(page, `customer-needs?q=${encodeURIComponent('小罐装')}`)
  expect(needs).toMatchObject([{ text: '小罐装', customers: 1 }])
}

async function keepPromise(visit: Visit, id: string): Promise<void> {
  const { page } = visit
  const commitments = section(page, '约定')
  await pick(page, commitments.getByRole('combobox', { name: '是什么？' }), '承诺')
  await commitments.getByLabel('标题').fill(promise)
  await commitments.getByRole('button', { name: '添加' }).click()
  await commitments.getByRole('link', { name: promise }).waitFor()
  await fits(visit)
  await commitments.getByRole('button', { name: `完成: ${promise}` }).click()
  await commitments.getByRole('link', { name: promise }).waitFor({ state: 'detached' })
  await section(page, '时间线').getByText(`承诺已兑现：${promise}`).waitFor()
  await fits(visit)
  const closed = await listed<{ title: string; state: string; kind: string }>(page, `customers/${id}/commitments?closed=true`)
  expect(closed.find(({ title }) => title === promise)).toMatchObject({ kind: 'promise', state: 'done' })
}

const dayAfter = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
