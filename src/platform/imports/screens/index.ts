/** Screens of imports: being written by the owner of the screens, who has taken them over from the owner of the server side. */
import type { Screens } from '#ui/screens.ts'

export const screens: Screens = { module: 'imports', routes: [] }
