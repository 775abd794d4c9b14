import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import type { Problem } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Refused } from '#ui/refused.tsx'
import { type StoredSetting, useSetting } from '#ui/setting.tsx'
import { useWords } from '#ui/words.ts'
import { useNamed } from './named.ts'

type Words = Readonly<Record<'en' | 'zh-CN' | 'zh-TW', string>>
interface Purpose {
  readonly key: string
  readonly needs: 'consent' | 'nothing'
  readonly version: number
  readonly names: Words
  readonly texts: Words
}
interface Typed {
  readonly key: string
  readonly needs: Purpose['needs']
  readonly en?: string
  readonly cn?: string
  readonly tw?: string
  readonly textEn?: string
  readonly textCn?: string
  readonly textTw?: string
}

/** What customers are addressed for, with the texts that they agree to. */
export function PurposeSettings({ stored }: { stored: StoredSetting }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const named = useNamed()
  const notice = useNotice()
  const setting = useSetting(stored, { alsoChanges: ['customers'] })
  const { purposes } = stored.value as { purposes: readonly Purpose[] }
  const [open, setOpen] = useState<Purpose | 'new' | null>(null)
  const begin = (one: Purpose | 'new') => {
    setting.reset()
    setOpen(one)
  }
  const save = (next: readonly Purpose[]) => setting.save({ purposes: next })
  return (
    <div className="customer-entries">
      {open === null && <Refused problem={setting.problem} />}
      {purposes.map((purpose) => (
        <div key={purpose.key} className="row">
          <span className="customer-field">
            <b>{named(purpose.names)}</b>{' '}
            <span className="muted">{`${t(`consent.needs.${purpose.needs}`)} · ${t('consent.text', { version: purpose.version })}`}</span>
          </span>
          <Button size="small" onClick={() => begin(purpose)} aria-label={`${ui('edit')}: ${named(purpose.names)}`}>
            {ui('edit')}
          </Button>
          {purposes.length > 1 && (
            <Popconfirm
              title={t('people.removeAsk', { name: named(purpose.names) })}
              okText={ui('delete')}
              cancelText={ui('cancel')}
              onConfirm={() => save(purposes.filter(({ key }) => key !== purpose.key)).catch(notice.refused)}
            >
              <Button size="small" danger aria-label={`${ui('delete')}: ${named(purpose.names)}`}>
                {ui('delete')}
              </Button>
            </Popconfirm>
          )}
        </div>
      ))}
      <div>
        <Button onClick={() => begin('new')}>{ui('add')}</Button>
      </div>
      {open && (
        <PurposeForm
          purpose={open === 'new' ? null : (purposes.find(({ key }) => key === open.key) ?? open)}
          problem={setting.problem}
          close={() => setOpen(null)}
          save={(next) => save(open === 'new' ? [...purposes, next] : purposes.map((one) => (one.key === next.key ? next : one)))}
        />
      )}
    </div>
  )
}

function PurposeForm({
  purpose,
  save,
  problem,
  close,
}: {
  purpose: Purpose | null
  save: (purpose: Purpose) => Promise<unknown>
  problem: Problem | null
  close: () => void
}) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const fields: readonly Field<Typed>[] = [
    ...(purpose === null
      ? [{ name: 'key', kind: 'text', label: t('consent.key'), help: t('consent.keyHelp'), required: true, maxLength: 40 } as const]
      : []),
    {
      name: 'needs',
      kind: 'choice',
      label: t('consent.needsWhat'),
      required: true,
      options: (['consent', 'nothing'] as const).map((value) => ({ value, label: t(`consent.needs.${value}`) })),
    },
    { name: 'en', kind: 'text', label: t('own.nameEn'), maxLength: 100 },
    { name: 'cn', kind: 'text', label: t('own.nameCn'), maxLength: 100 },
    { name: 'tw', kind: 'text', label: t('own.nameTw'), maxLength: 100 },
    { name: 'textEn', kind: 'area', rows: 2, label: t('consent.textEn'), maxLength: 2000, wide: true },
    { name: 'textCn', kind: 'area', rows: 2, label: t('consent.textCn'), maxLength: 2000, wide: true },
    { name: 'textTw', kind: 'area', rows: 2, label: t('consent.textTw'), maxLength: 2000, wide: true },
  ]
  const submit = (typed: Typed) => {
    const texts = { en: typed.textEn ?? '', 'zh-CN': typed.textCn ?? '', 'zh-TW': typed.textTw ?? '' }
    // Other words are another text, so that each consent says to which one it was given.
    const same = purpose !== null && JSON.stringify(texts) === JSON.stringify(inOrder(purpose.texts))
    const version = purpose === null ? 1 : purpose.version + (same ? 0 : 1)
    const names = { en: typed.en ?? '', 'zh-CN': typed.cn ?? '', 'zh-TW': typed.tw ?? '' }
    return save({ key: purpose?.key ?? typed.key, needs: typed.needs, version, names, texts }).then(close)
  }
  return (
    <Dialog title={t('settings.purposes')} onClose={close} wide>
      <Form<Typed>
        columns={2}
        fields={fields}
        initial={{
          needs: purpose?.needs ?? 'consent',
          en: purpose?.names.en ?? '',
          cn: purpose?.names['zh-CN'] ?? '',
          tw: purpose?.names['zh-TW'] ?? '',
          textEn: purpose?.texts.en ?? '',
          textCn: purpose?.texts['zh-CN'] ?? '',
          textTw: purpose?.texts['zh-TW'] ?? '',
        }}
        onSubmit={submit}
        problem={problem}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}

const inOrder = (words: Words) => ({ en: words.en, 'zh-CN': words['zh-CN'], 'zh-TW': words['zh-TW'] })
