export { accessibilityProblems } from './accessibility';
export { launchChromium, whyNoChromium } from './chromium';
