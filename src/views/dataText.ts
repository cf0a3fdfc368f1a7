import type * as vscode from 'vscode';
import { shorten, visibleText } from '../common/visibleText';
import { markdownText } from '../sentinel/markdownText';

/** Appends text from the data, which an attacker may have written, to a tooltip: it shows as text and links nowhere. */
export function appendData(markdown: vscode.MarkdownString, text: string): void {
  markdown.appendMarkdown(markdownText(text, 1000));
}

/** Text from the data on one line of a tree. */
export function lineOfData(text: string): string {
  return visibleText(shorten(text.replace(/\s+/g, ' ').trim(), 200));
}
