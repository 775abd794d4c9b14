/** The small menus at the right of the header: language, theme, and the person. */
import { BgColorsOutlined, GlobalOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { use } from 'react'
import { useNavigate } from 'react-router'
import { usePreference } from './preferences.ts'
import { RegistryContext } from './registry.ts'
import type { PaletteCommand } from './screens.ts'
import { useSession } from './session.ts'
import type { ThemeChoice } from './theme.ts'
import { type Language, languages, useLanguage, useWords } from './words.ts'

export function LanguageMenu() {
  const t = useWords('ui')
  const { language, setLanguage } = useLanguage()
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [language],
        items: Object.entries(languages).map(([key, name]) => ({ key, label: <span lang={key}>{name}</span> })),
        onClick: ({ key }) => void setLanguage(key as Language),
      }}
    >
      <Button
        type="text"
        icon={<GlobalOutlined />}
        aria-label={t('language.choose', { language: languages[language] })}
        aria-haspopup="menu"
      />
    </Dropdown>
  )
}

export const themeChoices: readonly ThemeChoice[] = ['light', 'dark', 'system']

export function ThemeMenu() {
  const t = useWords('ui')
  const [choice, setChoice] = usePreference<ThemeChoice>('theme', 'system')
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [choice],
        items: themeChoices.map((key) => ({ key, label: t(`theme.${key}`) })),
        onClick: ({ key }) => setChoice(key as ThemeChoice),
      }}
    >
      <Button type="text" icon={<BgColorsOutlined />} aria-label={t('theme.choose')} aria-haspopup="menu" />
    </Dropdown>
  )
}

export function UserMenu() {
  const t = useWords('ui')
  const { user } = useSession()
  const commands = useCommands().filter(({ command }) => command.menu === 'user')
  const run = useRunCommand()
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', type: 'group', label: `${user.name} · ${user.email}` },
          ...commands.map(({ key, module, command }) => ({
            key,
            label: t(`${module}:${command.label}`),
            ...(command.icon ? { icon: <command.icon /> } : {}),
          })),
        ],
        onClick: ({ key }) => {
          const chosen = commands.find((one) => one.key === key)
          if (chosen) run(chosen.command)
        },
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={t('user.menu', { name: user.name })} aria-haspopup="menu">
        <span className="user-name">{user.name}</span>
      </Button>
    </Dropdown>
  )
}

/** The modules' commands that this person may use. */
export function useCommands(): readonly { key: string; module: string; command: PaletteCommand }[] {
  const { may } = useSession()
  return use(RegistryContext).flatMap(({ module, commands }) =>
    (commands ?? [])
      .filter(({ permission }) => !permission || may(permission))
      .map((command) => ({ key: `${module}.${command.id}`, module, command })),
  )
}

export function useRunCommand(): (command: PaletteCommand) => void {
  const navigate = useNavigate()
  return (command) => {
    if (command.to) navigate(command.to)
    if (command.run) void command.run()
  }
}
