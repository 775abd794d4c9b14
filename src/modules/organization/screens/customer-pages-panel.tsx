import { Button, Typography } from 'antd'
import { useRef, useState } from 'react'
import { TermsInput } from '#ui/terms-input.tsx'
import { useWords } from '#ui/words.ts'
import { SettingForm } from './setting-form.tsx'
import './organization.css'

interface Look {
  readonly email: string
  readonly colour: string
  readonly logo: string
  readonly sites: readonly string[]
}

/** How the company shows itself to its customers, and the lines that put the widget on its own site. */
export function CustomerPagesPanel() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const labels = {
    email: t('customerPages.email'),
    colour: t('customerPages.colour'),
    logo: t('customerPages.logo'),
    sites: t('customerPages.sites'),
  }
  const snippet = `<script async src="${window.location.origin}/p/widget.js"></script>`
  return (
    <>
      <p className="before-form">
        {t('customerPages.about')}{' '}
        <a href="/p/" target="_blank" rel="noopener">
          {t('customerPages.open')}
        </a>
      </p>
      <SettingForm<Record<string, unknown>>
        settingKey="organization.customer-pages"
        labels={labels}
        fields={[
          { name: 'value.email', kind: 'email', label: labels.email, help: t('customerPages.emailHelp'), maxLength: 254 },
          {
            name: 'value.colour',
            kind: 'text',
            label: labels.colour,
            help: t('customerPages.colourHelp'),
            maxLength: 7,
            placeholder: '#1d5f52',
          },
          { name: 'value.logo', kind: 'own', label: labels.logo, help: t('customerPages.logoHelp'), control: <LogoInput /> },
          { name: 'value.sites', kind: 'own', label: labels.sites, help: t('customerPages.sitesHelp'), control: <TermsInput /> },
        ]}
        shown={(value) => Object.fromEntries(Object.entries(value as Look).map(([name, one]) => [`value.${name}`, one]))}
        meant={(values) => ({
          email: values['value.email'] ?? '',
          colour: values['value.colour'] ?? '',
          logo: values['value.logo'] ?? '',
          sites: values['value.sites'] ?? [],
        })}
      />
      <div className="widget-lines">
        <h3>{t('customerPages.widget')}</h3>
        <p>{t('customerPages.widgetHelp')}</p>
        <Typography.Text code className="once" copyable={{ text: snippet, tooltips: [ui('copy'), ui('copied')] }}>
          {snippet}
        </Typography.Text>
      </div>
    </>
  )
}

const mostBytes = 60_000

/** A small picture as the value itself. */
function LogoInput({ value = '', onChange }: { readonly value?: string; readonly onChange?: (logo: string) => void }) {
  const t = useWords('organization')
  const input = useRef<HTMLInputElement>(null)
  const [isTooLarge, setTooLarge] = useState(false)
  const take = (file: File) => {
    setTooLarge(file.size > mostBytes)
    if (file.size > mostBytes) return
    const reader = new FileReader()
    reader.onload = () => onChange?.(String(reader.result))
    reader.readAsDataURL(file)
  }
  return (
    <>
      <div className="row">
        {value !== '' && <img className="logo" src={value} alt={t('customerPages.logoNow')} />}
        <Button onClick={() => input.current?.click()}>{t('customerPages.logoChoose')}</Button>
        {value !== '' && <Button onClick={() => onChange?.('')}>{t('customerPages.logoRemove')}</Button>}
      </div>
      <input
        ref={input}
        type="file"
        className="logo-choice"
        accept="image/png,image/jpeg,image/webp"
        aria-label={t('customerPages.logoChoose')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) take(file)
        }}
      />
      {isTooLarge && <p role="alert">{t('customerPages.logoTooLarge')}</p>}
    </>
  )
}
