"""One wire story with its copies, and other stories on the same topic, in both languages."""

import hashlib
import itertools

from sqlalchemy.orm import Session

from sources.models import Snapshot, Source
from sources.vocabulary import Capture, SourceKind, Tier

NUMBERS = itertools.count(1)
MIN = "editor:zhang.min"

WIRE = {
    "zh": (
        "新华社电 国家统计局25日公布的数据显示，1至10月全国规模以上工业企业实现利润总额58680亿元，"
        "同比下降4.3%。统计局有关负责人说，受有效需求不足、工业品价格下降以及同期基数较高等因素影响，"
        "工业企业利润降幅有所扩大，但装备制造业利润保持增长，高技术制造业利润增长较快，"
        "工业经济运行总体平稳。分门类看，采矿业利润下降12.7%，制造业下降4.2%，"
        "电力、热力、燃气及水生产和供应业增长11.5%。下阶段将加快落实一揽子增量政策，"
        "持续扩大国内需求，激发经营主体活力，推动工业企业效益逐步恢复。"
    ),
    "en": (
        "Industrial profits in China fell 4.3 percent in the first ten months from a year earlier, "
        "the statistics bureau said on Monday, as weak demand and falling factory prices hurt "
        "manufacturers. Profits at mining companies dropped 12.7 percent while those of utilities "
        "rose 11.5 percent. An official of the bureau said that equipment makers kept growing and "
        "that high technology manufacturing gained quickly, so that the industrial economy was "
        "stable overall. The government has promised further measures to lift domestic demand and "
        "to help companies recover in the months ahead, though economists remain cautious."
    ),
}
BOILERPLATE = {
    "zh": (
        "首页 > 财经 > 正文\n来源：{name} 责任编辑：小张 分享到微信 微博\n{body}\n"
        "免责声明：本文来自{name}客户端，不代表本网观点。相关阅读：股市收评、汇率播报、"
        "天气预报。版权所有 未经许可不得转载。联系我们 网站地图"
    ),
    "en": (
        "{name} | Home | Markets | Opinion\nShare this article on social media\n{body}\n"
        "Read more: stocks close higher; the week in pictures; our podcast. "
        "All rights reserved by {name}. Terms of use, privacy policy, contact the newsroom."
    ),
}
SAME_TOPIC = {
    "zh": (
        "国家统计局昨天发布工业企业利润数据后，多位分析师接受本报采访时表示，利润跌幅扩大在预料之中。"
        "一家券商的首席经济学家认为，四季度价格有望回升，装备制造业会继续支撑整体利润。"
        "采矿业受煤价拖累最深，部分煤企三季报已经显示利润腰斩；而发电企业因燃料成本下降，日子好过不少。"
        "他建议关注后续的财政政策，尤其是地方专项债的发行进度。"
    ),
    "en": (
        "Analysts were not surprised when China reported on Monday that industrial profits had "
        "shrunk again this year. Lower coal prices hit miners hardest, several brokers wrote in "
        "notes to clients, whereas power producers enjoyed cheaper fuel. One economist in Hong "
        "Kong expects a rebound in the fourth quarter if local governments issue the bonds they "
        "were allotted, and she points to strong orders for machinery and electronics as a sign "
        "that the worst may be over for factories along the coast."
    ),
}


def copy(tongue: str, number: int) -> str:
    """Return the wire story as one site prints it: its own frame, a sentence cut or moved."""
    body = WIRE[tongue]
    stop = "。" if tongue == "zh" else ". "
    sentences = body.split(stop)
    if number % 3 == 1:
        sentences = sentences[:-1]
    if number % 4 == 2:
        sentences = [*sentences[1:], sentences[0]]
    return BOILERPLATE[tongue].format(name=f"Site{number}", body=stop.join(sentences))


def kept(session: Session, text: str | None, issued: str | None = None) -> Source:
    """Return a source of which this text was kept."""
    number = next(NUMBERS)
    source = Source(
        key=f"site-{number}",
        kind=SourceKind.NEWS_REPORT,
        tier=Tier.ESTABLISHED,
        title=f"Site {number}",
        issued=issued,
        created_by=MIN,
    )
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    session.add(source)
    session.flush()
    session.add(
        Snapshot(
            source=source,
            capture=Capture.WEB,
            sha256=digest,
            media_type="text/html",
            size=1,
            extracted_text=text,
            created_by=MIN,
        )
    )
    session.flush()
    return source
