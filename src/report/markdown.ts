import MarkdownIt from 'markdown-it';

/**
 * Markdown as safe HTML: HTML in it is text, links lead only where browsers may be sent (no `javascript:`), and images are shown when
 * they are in
 * the text itself; one that would be fetched becomes its description, so that a report asks nothing of the network.
 */
export function markdownHtml(): (text: string) => string {
  const markdown = new MarkdownIt({ html: false, linkify: false });
  const { image, link_open: linkOpen } = markdown.renderer.rules;
  markdown.renderer.rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (!token) return '';
    if (String(token.attrGet('src')).startsWith('data:') && image) return image(tokens, index, options, env, self);
    return `<em>[image: ${markdown.utils.escapeHtml(token.content)}]</em>`;
  };
  markdown.renderer.rules['link_open'] = (tokens, index, options, env, self) => {
    tokens[index]?.attrSet('rel', 'noopener noreferrer');
    return linkOpen ? linkOpen(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
  };
  return (text) => markdown.render(text);
}
