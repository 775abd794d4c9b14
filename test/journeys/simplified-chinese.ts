import { pinyin } from 'pinyin-pro'
import { expect, test } from 'vitest'
import type { Stage, Visit } from './product.ts'
import { accessible, listed, pick, read, section } from './seen.ts'

interface Listed {
  readonly id: string
  readonly name: string
}

export function simplifiedChinese(stage: () => Stage): void {
  test('找到客户、看懂价值、记录接触、修改档案（简体中文）', async () => {
    const visit = await stage().visit({ language: 'zh-CN' })
    const { page } = visit
    await visit.open('/')
    const chinese = await listed<Listed>(page, 'customers?limit=100')
    const who = chinese.find(({ name }) => /^\p{Script=Han}{2,4}$/u.test(name))
    if (!who) throw new Error('The demo company has no customer with a Chinese name')

    await find(visit, who.name.slice(0, 2), who)
    await page.goBack()
    await find(visit, pinyin(who.name, { toneType: 'none', type: 'array' }).join(''), who)

    const worth = section(page, '客户价值')
    await worth
      .getByRole('button', { name: /^为什么？/ })
      .first()
      .click()
    const reasons = page.locator('.why-panel:popover-open')
    expect(await read(reasons)).toMatch(/铂金|白金|黄金|铁|铅|利润/)
    await accessible(visit, '.why-panel:popover-open')
    await page.keyboard.press('Escape')

    await logTouch(visit)
    await changeNote(visit)
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}

/** By the palette, as somebody who never leaves the keyboard. */
async function find({ page, settle }: Visit, query: string, { id, name }: Listed): Promise<void> {
  await page.keyboard.press('Control+K')
  const field = page.getByRole('combobox', { name: '搜索或执行' })
  await field.fill(query)
  await page.getByRole('option', { name }).first().click()
  await page.waitForURL(`**/customers/${id}`)
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await settle()
}

async function logTouch(visit: Visit): Promise<void> {
  const { page } = visit
  const line = section(page, '时间线')
  await line.getByRole('button', { name: '记录一次接触' }).click()
  const dialog = page.getByRole('dialog', { name: '记录一次接触' })
  await accessible(visit, '.ant-modal')
  await dialog.getByLabel('事由').fill('回访：新茶是否合口味')
  await pick(page, dialog.getByLabel('阶段'), '购买后')
  await dialog.getByLabel('分钟数').fill('12')
  await dialog.getByRole('button', { name: /保\s*存/ }).click()
  await dialog.waitFor({ state: 'hidden' })
  const touch = line.getByText('回访：新茶是否合口味')
  await line.locator('li').filter({ hasText: '回访：新茶是否合口味' }).filter({ hasText: '购买后' }).waitFor()
  const only = async (stage: string) => {
    await line
      .locator('label')
      .filter({ hasText: new RegExp(`^${stage}$`) })
      .click()
    await visit.settle()
  }
  await only('购买后')
  await touch.waitFor()
  await only('购买前')
  await touch.waitFor({ state: 'hidden' })
  await only('购买后')
  await touch.waitFor()
}

async function changeNote(visit: Visit): Promise<void> {
  const { page } = visit
  const archive = section(page, '客户档案')
  await archive.getByRole('button', { name: '编辑: 备注' }).click()
  await archive.getByRole('textbox', { name: '备注' }).fill('喜欢岩茶')
  await archive.getByRole('button', { name: /保\s*存/ }).click()
  await archive.getByText('喜欢岩茶').waitFor()
  await page.getByRole('button', { name: '变更历史' }).click()
  const history = page.getByRole('dialog', { name: '变更历史' })
  await history.getByText('喜欢岩茶').waitFor()
  expect(await read(history.locator('li').first())).toMatch(/备注[\s\S]*→\s*喜欢岩茶[\s\S]*Ada Winter/)
  await accessible(visit, '.ant-drawer')
  await page.keyboard.press('Escape')
  await history.waitFor({ state: 'hidden' })
}
