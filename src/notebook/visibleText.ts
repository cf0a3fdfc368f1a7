export { displayText, shorten, visibleLines, visibleText } from '../common/visibleText';
