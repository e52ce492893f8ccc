import '@fontsource-variable/ibm-plex-sans/standard.css'
import '@fontsource-variable/ibm-plex-sans/standard-italic.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './ui/tokens.css'
import './ui/base.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { StudioState } from './shell/studioState.svelte.ts'

const target = document.getElementById('studio')
if (!target) throw new Error('index.html has no element #studio.')

mount(App, { target, props: { studio: new StudioState() } })
